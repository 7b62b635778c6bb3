{{- define "weft.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* Names of pods, with their number, have to fit into 63 characters. */}}
{{- define "weft.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "weft.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "weft.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "weft.headless" -}}
{{ include "weft.fullname" . }}-headless
{{- end }}

{{- define "weft.clusterDns" -}}
{{ include "weft.headless" . }}.{{ .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end }}

{{- define "weft.selectorLabels" -}}
app.kubernetes.io/name: {{ include "weft.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: router
{{- end }}

{{- define "weft.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "weft.selectorLabels" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* metadata: name, namespace, labels and annotations of an object.
     Called with a dict: root, and perhaps suffix, labels, annotations. */}}
{{- define "weft.metadata" -}}
name: {{ include "weft.fullname" .root }}{{ .suffix | default "" }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "weft.labels" .root | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) (.root.Values.commonAnnotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "weft.image" -}}
{{- $registry := .Values.global.imageRegistry | default .Values.image.registry }}
{{- with $registry }}{{ . }}/{{ end }}{{ .Values.image.repository }}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "weft.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (include "weft.fullname" .) }}
{{- end }}

{{- define "weft.clusterKeyName" -}}
{{ .Values.clusterKey.existingSecret | default (printf "%s-cluster" (include "weft.fullname" .)) }}
{{- end }}

{{/* Whether the cluster's key is mounted: the configuration names it. */}}
{{- define "weft.usesClusterKey" -}}
{{- $cluster := .Values.config.cluster | default dict }}
{{- if and $cluster.enabled (hasPrefix "/etc/weft/cluster/" (index $cluster "key-file" | default "")) }}true{{ end }}
{{- end }}

{{/* The port of an address host:port. */}}
{{- define "weft.port" -}}
{{ regexFind "[0-9]+$" . }}
{{- end }}

{{/* The listeners that clients can reach, as JSON: those at an address that is not loopback, each with the name of its port. The first is `client`,
     the others are called by their numbers, so that their names stay when one of them goes. Two at one port have one name. Without paths a
     listener opens no WebSocket: then it speaks RawSocket only. */}}
{{- define "weft.listeners" -}}
{{- $found := list }}
{{- $ports := list }}
{{- range $listener := .Values.config.listeners | default list }}
{{- $address := $listener.address | default "127.0.0.1:8080" }}
{{- $port := include "weft.port" $address }}
{{- if not (or (eq ($listener.type | default "wamp") "unix") (regexMatch "^(127\\.|localhost:|\\[::1\\]:)" $address) (has $port $ports)) }}
{{- $name := ternary (printf "client-%s" $port) "client" (gt (len $ports) 0) }}
{{- $found = append $found (dict "name" $name "port" (int $port) "type" ($listener.type | default "wamp") "tls" (not (empty $listener.tls)) "http" (not (and (hasKey $listener "paths") (empty $listener.paths)))) }}
{{- $ports = append $ports $port }}
{{- end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{/* The listener of a name, as the node calls it, and as it is in config.listeners; as JSON, empty if there is none.
     Called with a dict: root, name. */}}
{{- define "weft.listenerNamed" -}}
{{- $found := dict }}
{{- range .root.Values.config.listeners }}
{{- $place := ternary (.socket | default "") (.address | default "127.0.0.1:8080") (eq (.type | default "wamp") "unix") }}
{{- if and (not $found) (eq (.name | default $place) $.name) }}{{ $found = . }}{{ end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{/* The one of weft.listeners to which an Ingress or a route leads, as JSON: the first, unless another is named.
     Called with a dict: root, name. */}}
{{- define "weft.routedListener" -}}
{{- $listeners := include "weft.listeners" .root | fromJsonArray }}
{{- $found := first $listeners }}
{{- with .name }}
{{- $port := include "weft.port" ((include "weft.listenerNamed" $ | fromJson).address | default "127.0.0.1:8080") }}
{{- range $listeners }}{{ if eq (int .port) (int $port) }}{{ $found = . }}{{ end }}{{ end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{/* The first listener for WAMP that clients can reach, as JSON: where `helm test` and the notes connect. */}}
{{- define "weft.wampListener" -}}
{{- $found := dict }}
{{- range include "weft.listeners" . | fromJsonArray }}
{{- if and (not $found) (eq .type "wamp") }}{{ $found = . }}{{ end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{/* The listener to which `helm test` connects, as JSON, if there is one: with a ticket one with TLS, if there is one. */}}
{{- define "weft.testListener" -}}
{{- $found := include "weft.wampListener" . | fromJson }}
{{- range include "weft.listeners" . | fromJsonArray }}
{{- if and $.Values.test.authid (eq .type "wamp") .tls (not $found.tls) }}{{ $found = . }}{{ end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{/* The realm in which `helm test` makes a call, if there is one. */}}
{{- define "weft.testRealm" -}}
{{- $realm := .Values.test.realm }}
{{- $method := ternary "ticket" "anonymous" (not (empty .Values.test.authid)) }}
{{- range .Values.config.realms }}
{{- if and (not $realm) (has $method ((.auth | default dict).methods | default list)) }}{{ $realm = .uri }}{{ end }}
{{- end }}
{{- if include "weft.testListener" . | fromJson }}{{ $realm }}{{ end }}
{{- end }}

{{/* How many nodes there are at least and at most. */}}
{{- define "weft.leastNodes" -}}
{{ ternary .Values.autoscaling.minReplicas .Values.replicas .Values.autoscaling.enabled }}
{{- end }}

{{- define "weft.mostNodes" -}}
{{ ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled }}
{{- end }}

{{- define "weft.minimumSize" -}}
{{ index (.Values.config.cluster | default dict) "minimum-size" | default 1 }}
{{- end }}

{{- define "weft.adminAddress" -}}
{{ (.Values.config.admin | default dict).address | default "" }}
{{- end }}

{{/* Whether the admin port can be reached from outside of the pod. */}}
{{- define "weft.adminIsReachable" -}}
{{- $address := include "weft.adminAddress" . }}
{{- if and $address (not (regexMatch "^(127\\.|localhost:|\\[::1\\]:)" $address)) }}true{{ end }}
{{- end }}

{{/* What clients have to show the admin port when it speaks TLS: none, request or require. */}}
{{- define "weft.adminClientAuth" -}}
{{- index ((.Values.config.admin | default dict).tls | default dict) "client-auth" | default "none" }}
{{- end }}

{{/* Whether the kubelet can ask the admin port: it gets there, and needs no certificate. */}}
{{- define "weft.adminAnswersKubelet" -}}
{{- if and (include "weft.adminIsReachable" .) (ne (include "weft.adminClientAuth" .) "require") }}true{{ end }}
{{- end }}

{{/* A command in the pod that asks its admin port. The token is in its environment, or in the file that the node reads, too. */}}
{{- define "weft.adminCommand" -}}
{{- $hooks := .root.Values.adminHooks }}
{{- $command := concat (list "/opt/java/bin/java" "-XX:TieredStopAtLevel=1" "-XX:+UseSerialGC" "-Xmx32m" "@/app/weft") .arguments }}
{{- if (.root.Values.config.admin | default dict).tls }}
{{- $command = append $command (printf "--admin=https://%s:%s" $hooks.host (include "weft.port" (include "weft.adminAddress" .root))) }}
{{- range $key := list "ca" "certificate" "key" }}
{{- with index $hooks $key }}{{ $command = append $command (printf "--admin-%s=%s" $key .) }}{{ end }}
{{- end }}
{{- else }}
{{- $command = append $command (printf "--admin=%s" (include "weft.adminAddress" .root | replace "0.0.0.0" "127.0.0.1")) }}
{{- end }}
{{- if not .root.Values.metrics.tokenSecret.existingSecret }}
{{- with index (.root.Values.config.admin | default dict) "token-file" }}{{ $command = append $command (printf "--admin-token-file=%s" .) }}{{ end }}
{{- end }}
{{- toJson $command }}
{{- end }}

{{- define "weft.java" -}}
{{ concat (list "/opt/java/bin/java" "@/app/java.options") .Values.javaOptions (list "@/app/weft") | toJson }}
{{- end }}

{{/* A probe of /startupz, /readyz or /livez. Where the kubelet cannot ask the admin port, a node is ready while it takes connections, and a
     command in the pod asks whether it is live. */}}
{{- define "weft.probe" -}}
{{- if include "weft.adminAnswersKubelet" .root }}
httpGet:
  path: /{{ .path }}
  port: admin
  {{- if (.root.Values.config.admin).tls }}
  scheme: HTTPS
  {{- end }}
{{- else if ne .path "livez" }}
tcpSocket:
  port: client
{{- else }}
exec:
  command: {{ include "weft.adminCommand" (dict "root" .root "arguments" (list "health" "--live")) }}
{{- end }}
{{ toYaml (merge (dict) .values .defaults) }}
{{- end }}

{{/* A duration of the configuration in whole seconds; the second value of the list where there is none. */}}
{{- define "weft.seconds" -}}
{{- $text := index . 0 | default "" | toString }}
{{- if hasSuffix "ms" $text }}{{ div (trimSuffix "ms" $text | int) 1000 }}
{{- else if hasSuffix "s" $text }}{{ trimSuffix "s" $text | int }}
{{- else if hasSuffix "m" $text }}{{ mul (trimSuffix "m" $text | int) 60 }}
{{- else if hasSuffix "h" $text }}{{ mul (trimSuffix "h" $text | int) 3600 }}
{{- else }}{{ index . 1 }}{{ end }}
{{- end }}

{{/* What a drain takes at most, and a reserve. */}}
{{- define "weft.gracePeriod" -}}
{{- $drain := .Values.config.drain | default dict }}
{{- add (include "weft.seconds" (list (index $drain "readiness-delay") 0) | int)
        (include "weft.seconds" (list $drain.timeout 20) | int)
        (include "weft.seconds" (list $drain.spread 2) | int)
        (.Values.terminationGraceSeconds | int) }}
{{- end }}

{{/* What cannot work is refused with a sentence. */}}
{{- define "weft.refusals" -}}
{{- $cluster := .Values.config.cluster | default dict }}
{{- $least := include "weft.leastNodes" . | int }}
{{- $most := include "weft.mostNodes" . | int }}
{{- if and (gt $most 1) (not $cluster.enabled) }}
{{- fail "config.cluster.enabled has to be true with more than one replica: the nodes would not know of each other" }}
{{- end }}
{{- if gt $least $most }}
{{- fail "autoscaling.minReplicas is more than autoscaling.maxReplicas" }}
{{- end }}
{{- if gt (include "weft.minimumSize" . | int) $least }}
{{- fail (printf "config.cluster.minimum-size is more than %s: no registration would be accepted" (ternary "autoscaling.minReplicas" "replicas" .Values.autoscaling.enabled)) }}
{{- end }}
{{- if and .Values.autoscaling.enabled (not .Values.autoscaling.metric) (not .Values.autoscaling.cpuPercent) }}
{{- fail "autoscaling.metric is empty and autoscaling.cpuPercent is 0: the autoscaler would have nothing to go by" }}
{{- end }}
{{- if not (include "weft.adminAddress" .) }}
{{- fail "config.admin.address is empty: the probes need the admin port" }}
{{- end }}
{{- if contains "${" (include "weft.adminAddress" .) }}
{{- fail "config.admin.address has a variable, which the probes and hooks of the pods do not know: write 0.0.0.0 and the port" }}
{{- end }}
{{- $reachable := include "weft.adminIsReachable" . }}
{{- $admin := .Values.config.admin | default dict }}
{{- $secret := .Values.metrics.tokenSecret.existingSecret }}
{{- $inEnvironment := false }}
{{- $shown := or $secret .Values.envFrom }}
{{- range .Values.env }}
{{- if hasPrefix "WEFT_ADMIN__TOKEN" .name }}{{ $inEnvironment = true }}{{ end }}
{{- if eq "WEFT_ADMIN_TOKEN" .name }}{{ $shown = true }}{{ end }}
{{- end }}
{{- $token := or $admin.token (index $admin "token-file") $inEnvironment }}
{{- if and (or $admin.token $inEnvironment) (not $shown) }}
{{- fail "the admin port asks for a token that the hooks of the pods do not know, so that their drain would be refused: set metrics.tokenSecret.existingSecret, or config.admin.token-file" }}
{{- end }}
{{- if and $reachable (not (or $token $secret .Values.envFrom (eq (include "weft.adminClientAuth" .) "require"))) }}
{{- fail "config.admin.address can be reached from outside of the pod, and nobody would be asked who he is: set metrics.tokenSecret.existingSecret, or config.admin.tls with client-auth: require" }}
{{- end }}
{{- if and $admin.tls (not .Values.adminHooks.ca) }}
{{- fail "config.admin.tls is set and adminHooks.ca is empty: the hooks of the pods could not check the certificate of their node" }}
{{- end }}
{{- if and (eq (include "weft.adminClientAuth" .) "require") (not (and .Values.adminHooks.certificate .Values.adminHooks.key)) }}
{{- fail "config.admin.tls asks for certificates, and adminHooks.certificate or adminHooks.key is empty: the hooks of the pods would be refused" }}
{{- end }}
{{- range $key := list "serviceMonitor" "podMonitor" }}
{{- if (index $.Values.metrics $key).enabled }}
{{- if not $reachable }}
{{- fail (printf "metrics.%s is enabled, but config.admin.address is a loopback address, which Prometheus cannot reach" $key) }}
{{- end }}
{{- if and (or $token (ne (include "weft.adminClientAuth" $) "require")) (not $secret) }}
{{- fail (printf "metrics.%s is enabled, but Prometheus would not know the token of the admin port: name its secret in metrics.tokenSecret.existingSecret" $key) }}
{{- end }}
{{- if and (eq (include "weft.adminClientAuth" $) "require") (not $.Values.metrics.tlsConfig) }}
{{- fail (printf "metrics.%s is enabled and config.admin.tls asks for certificates, but metrics.tlsConfig is empty: Prometheus would be refused" $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- if not $reachable }}
{{- if and .Values.autoscaling.enabled (eq .Values.autoscaling.metric "weft_sessions") }}
{{- fail "autoscaling goes by weft_sessions, but config.admin.address is a loopback address, which Prometheus cannot reach: open it, or set autoscaling.metric" }}
{{- end }}
{{- if .Values.adminService.enabled }}
{{- fail "adminService is enabled, but config.admin.address is a loopback address, which nobody can reach" }}
{{- end }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled }}
{{- fail "metrics.serviceMonitor and metrics.podMonitor are both enabled: everything would be scraped twice" }}
{{- end }}
{{- $listeners := include "weft.listeners" . | fromJsonArray }}
{{- if not $listeners }}
{{- fail "config.listeners has none whose address is not a loopback address: no client could reach the pod" }}
{{- end }}
{{- range rest $listeners }}
{{- if eq (int .port) (int $.Values.service.port) }}
{{- fail (printf "service.port is %d, which the service needs for another listener" (int .port)) }}
{{- end }}
{{- end }}
{{- range $listener := .Values.config.listeners }}
{{- with $listener.tls }}
{{- $certificate := .certificate | default "" }}
{{- $mounted := false }}
{{- range $.Values.secretMounts }}{{ if hasPrefix (printf "%s/" .mountPath) $certificate }}{{ $mounted = true }}{{ end }}{{ end }}
{{- if not $mounted }}
{{- fail (printf "config.listeners names the certificate %s, which is in none of secretMounts" $certificate) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.metrics.prometheusRule.enabled (not (.Files.Get "files/alerts.yaml")) }}
{{- fail "metrics.prometheusRule is enabled, but this chart has no alerts (files/alerts.yaml)" }}
{{- end }}
{{- if and .Values.metrics.dashboards.enabled (not (.Files.Glob "files/dashboards/*.json")) }}
{{- fail "metrics.dashboards is enabled, but this chart has no dashboards (files/dashboards)" }}
{{- end }}
{{- $test := .Values.test }}
{{- if ne (empty $test.authid) (empty $test.ticketSecret.existingSecret) }}
{{- fail "test.authid and test.ticketSecret.existingSecret belong together: the one whose ticket it is, and the ticket" }}
{{- end }}
{{- if and $test.authid (not (include "weft.testRealm" .)) }}
{{- fail "test.authid is set, but config.realms has none with the method ticket, or config.listeners none of type wamp" }}
{{- end }}
{{- if and (or $test.tls.serverName $test.tls.caSecret.existingSecret) (not (include "weft.testListener" . | fromJson).tls) }}
{{- fail "test.tls is set, but the listener that the test connects to has no tls" }}
{{- end }}
{{- range .Values.config.realms }}
{{- if and $test.authid (eq .uri (include "weft.testRealm" $)) }}
{{- $auth := .auth | default dict }}
{{- if not (has "ticket" ($auth.methods | default list)) }}
{{- fail (printf "test.authid is set, but the realm %s does not have the method ticket" .uri) }}
{{- end }}
{{- if not (or (include "weft.testListener" $ | fromJson).tls (index $auth "plaintext-tickets")) }}
{{- fail (printf "test.authid is set, but no listener of type wamp has tls, and the realm %s takes no tickets without (plaintext-tickets)" .uri) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $key := list "ingress" "gateway" }}
{{- $name := (index $.Values $key).listener }}
{{- if (index $.Values $key).enabled }}
{{- with $name }}
{{- $named := include "weft.listenerNamed" (dict "root" $ "name" .) | fromJson }}
{{- if not $named }}
{{- fail (printf "%s.listener is %s, and config.listeners has none of that name" $key .) }}
{{- end }}
{{- if eq ($named.type | default "wamp") "unix" }}
{{- fail (printf "%s.listener is %s, a Unix socket, which nobody outside of the pod can reach" $key .) }}
{{- end }}
{{- if regexMatch "^(127\\.|localhost:|\\[::1\\]:)" ($named.address | default "127.0.0.1:8080") }}
{{- fail (printf "%s.listener is %s, whose address is a loopback address, which nobody outside of the pod can reach" $key .) }}
{{- end }}
{{- end }}
{{- if not (include "weft.routedListener" (dict "root" $ "name" $name) | fromJson).http }}
{{- fail (printf "%s.enabled is set, but its listener has no paths: it speaks RawSocket only, which is not HTTP" $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRefs) }}
{{- fail "gateway.parentRefs is empty: the route needs a gateway" }}
{{- end }}
{{- end }}
