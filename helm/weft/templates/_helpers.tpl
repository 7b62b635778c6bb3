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

{{- define "weft.clientPort" -}}
{{- $listener := first (.Values.config.listeners | default list) | default dict }}
{{- include "weft.port" ($listener.address | default "127.0.0.1:8080") }}
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

{{/* A command in the pod that asks its admin port. */}}
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
{{- $most := int .Values.replicas }}
{{- if .Values.autoscaling.enabled }}{{ $most = int .Values.autoscaling.maxReplicas }}{{ end }}
{{- if and (gt $most 1) (not $cluster.enabled) }}
{{- fail "config.cluster.enabled has to be true with more than one replica: the nodes would not know of each other" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) $most) }}
{{- fail "autoscaling.minReplicas is more than autoscaling.maxReplicas" }}
{{- end }}
{{- if gt (int ((index $cluster "minimum-size") | default 1)) (int .Values.replicas) }}
{{- fail "config.cluster.minimum-size is more than replicas: no registration would ever be accepted" }}
{{- end }}
{{- if not (include "weft.adminAddress" .) }}
{{- fail "config.admin.address is empty: the probes need the admin port" }}
{{- end }}
{{- if contains "${" (include "weft.adminAddress" .) }}
{{- fail "config.admin.address has a variable, which the probes and hooks of the pods do not know: write 0.0.0.0 and the port" }}
{{- end }}
{{- $reachable := include "weft.adminIsReachable" . }}
{{- $admin := .Values.config.admin | default dict }}
{{- $fromOutside := or .Values.envFrom .Values.metrics.tokenSecret.existingSecret }}
{{- range .Values.env }}{{ if hasPrefix "WEFT_ADMIN__TOKEN" .name }}{{ $fromOutside = true }}{{ end }}{{ end }}
{{- if and $reachable (not (or $admin.token (index $admin "token-file") $fromOutside (eq (include "weft.adminClientAuth" .) "require"))) }}
{{- fail "config.admin.address can be reached from outside of the pod, and nobody would be asked who he is: set metrics.tokenSecret.existingSecret, or config.admin.tls with client-auth: require" }}
{{- end }}
{{- if and $admin.tls (not .Values.adminHooks.ca) }}
{{- fail "config.admin.tls is set and adminHooks.ca is empty: the hooks of the pods could not check the certificate of their node" }}
{{- end }}
{{- if and (eq (include "weft.adminClientAuth" .) "require") (not (and .Values.adminHooks.certificate .Values.adminHooks.key)) }}
{{- fail "config.admin.tls asks for certificates, and adminHooks.certificate or adminHooks.key is empty: the hooks of the pods would be refused" }}
{{- end }}
{{- if not $reachable }}
{{- range $key := list "serviceMonitor" "podMonitor" }}
{{- if (index $.Values.metrics $key).enabled }}
{{- fail (printf "metrics.%s is enabled, but config.admin.address is a loopback address, which Prometheus cannot reach" $key) }}
{{- end }}
{{- end }}
{{- if .Values.adminService.enabled }}
{{- fail "adminService is enabled, but config.admin.address is a loopback address, which nobody can reach" }}
{{- end }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled }}
{{- fail "metrics.serviceMonitor and metrics.podMonitor are both enabled: everything would be scraped twice" }}
{{- end }}
{{- $listener := first (.Values.config.listeners | default list) | default dict }}
{{- if regexMatch "^(127\\.|localhost:|\\[::1\\]:)" ($listener.address | default "127.0.0.1:8080") }}
{{- fail "config.listeners[0].address is a loopback address: no client could reach the pod" }}
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
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRefs) }}
{{- fail "gateway.parentRefs is empty: the route needs a gateway" }}
{{- end }}
{{- end }}
