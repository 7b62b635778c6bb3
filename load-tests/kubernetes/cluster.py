"""A Kubernetes cluster of one node, whose processes and files end with the namespaces that it runs in."""

import ipaddress
import json
import os
import re
import shutil
import subprocess
import time

NETWORK = ipaddress.ip_network("10.77.1.0/24")
SERVICES = ipaddress.ip_network("10.77.2.0/24")
# The node's address is the gateway of the pods' bridge.
NODE, API_SERVICE = str(NETWORK[1]), str(SERVICES[1])
NAME, DOMAIN, BRIDGE = "node", "cluster.local", "pods"
API = "https://127.0.0.1:6443"
ETCD = "http://127.0.0.1:2379"
CONTAINERD = "/run/containerd/containerd.sock"
PAUSE = "weft.test/pause:1"

# Who speaks to the API server, with the groups that it goes by: certificates say it.
USERS = {
    "admin": "/O=system:masters/CN=admin",
    "controller-manager": "/CN=system:kube-controller-manager",
    "scheduler": "/CN=system:kube-scheduler",
    "kubelet": f"/O=system:nodes/CN=system:node:{NAME}",
    "proxy": "/CN=system:kube-proxy",
    "coredns": "/CN=coredns",
}
# What CoreDNS may see, as its own manifests have it.
DNS_RIGHTS = """
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: coredns}
rules:
  - {apiGroups: [""], resources: [services, pods, namespaces], verbs: [list, watch]}
  - {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch]}
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: coredns}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: coredns}
subjects: [{kind: User, name: coredns, apiGroup: rbac.authorization.k8s.io}]
"""
CONTAINERD_CONFIG = """
version = 2
root = "{work}/containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  # The machine may not let root protect a process from being killed for memory (CAP_SYS_RESOURCE).
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "{work}/cni"
"""


def version():
    """The version of Kubernetes, as go.mod has it."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "go.mod")) as file:
        return re.search(r"k8s.io/kubernetes (v\S+)", file.read()).group(1)


def run(*command, text=None, seconds=120):
    """What the command prints; an AssertionError with everything if it fails."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"{' '.join(command[:4])} ...: {done.returncode}: {(done.stdout + done.stderr)[-3000:]}"
    return done.stdout


def until(seconds, what, look):
    """Looks until what is looked for is there: (whether, what was seen)."""
    end = time.monotonic() + seconds
    while True:
        there, seen = look()
        if there:
            return seen
        assert time.monotonic() < end, f"not within {seconds} s: {what}; seen: {seen}"
        time.sleep(0.3)


class Cluster:
    """Starts the processes in turn, each when it can work."""

    def __init__(self, work, programs):
        self._work, self._programs = work, programs
        self._processes = {}
        os.environ["KUBECONFIG"] = self._path("admin.kubeconfig")
        os.makedirs(self._path("log"))

    def _path(self, *names):
        return os.path.join(self._work, *names)

    def _write(self, name, content):
        with open(self._path(name), "w") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return self._path(name)

    # ---- who is who

    def certify(self):
        """An authority, and what it signs: the API server, and everyone who speaks to it."""
        self._certificate("ca", "/CN=authority", ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"])
        names = ["DNS:localhost", "DNS:kubernetes", "DNS:kubernetes.default", "DNS:kubernetes.default.svc"]
        names += [f"IP:{address}" for address in ("127.0.0.1", NODE, API_SERVICE)]
        self._certificate("apiserver", "/CN=kube-apiserver", ["subjectAltName=" + ",".join(names)])
        self._certificate("apiserver-kubelet", "/O=system:masters/CN=apiserver-kubelet", [])
        self._certificate("kubelet-server", "/CN=" + NAME, [f"subjectAltName=IP:{NODE}"])
        run("openssl", "genrsa", "-out", self._path("tokens.key"), "2048")
        run("openssl", "rsa", "-in", self._path("tokens.key"), "-pubout", "-out", self._path("tokens.pub"))
        for user, subject in USERS.items():
            self._certificate(user, subject, [])
            self._kubeconfig(user)

    def _certificate(self, name, subject, extensions):
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                   "-subj", subject, "-keyout", self._path(name + ".key"), "-out", self._path(name + ".crt")]
        if name != "ca":
            command += ["-CA", self._path("ca.crt"), "-CAkey", self._path("ca.key")]
            extensions = extensions + ["basicConstraints=critical,CA:FALSE", "extendedKeyUsage=serverAuth,clientAuth"]
        for extension in extensions:
            command += ["-addext", extension]
        run(*command)

    def _kubeconfig(self, user):
        self._write(user + ".kubeconfig", {
            "apiVersion": "v1", "kind": "Config", "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": API, "certificate-authority": self._path("ca.crt")}}],
            "users": [{"name": user, "user": {
                "client-certificate": self._path(user + ".crt"), "client-key": self._path(user + ".key")}}],
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": user}}],
        })

    # ---- processes

    def _start(self, name, program, *arguments):
        path = os.path.join(self._programs, program)
        with open(self._path("log", name), "w") as log:
            self._processes[name] = subprocess.Popen(
                [path if os.path.exists(path) else shutil.which(program), *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _running(self):
        """An AssertionError if one of the processes has ended."""
        for name, process in self._processes.items():
            assert process.poll() is None, f"{name} ended with {process.returncode}: {self.log(name)}"

    def log(self, name, octets=3000):
        with open(self._path("log", name), errors="replace") as file:
            return file.read()[-octets:]

    def logs(self):
        return sorted(os.listdir(self._path("log")))

    def _answers(self, seconds, what, *command):
        """Waits until the command succeeds."""
        def look():
            self._running()
            done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
            return done.returncode == 0, (done.stdout + done.stderr)[-500:]
        until(seconds, what, look)

    # ---- the control plane

    def start_control_plane(self):
        self._start("etcd", "etcd", "--data-dir", self._path("etcd"), "--unsafe-no-fsync", "--listen-client-urls", ETCD,
                    "--advertise-client-urls", ETCD, "--listen-peer-urls", "http://127.0.0.1:2380")
        self._start(
            "apiserver", "kube-apiserver", "--etcd-servers=" + ETCD, "--advertise-address=" + NODE, "--secure-port=6443",
            f"--service-cluster-ip-range={SERVICES}", "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
            "--client-ca-file=" + self._path("ca.crt"), "--requestheader-client-ca-file=" + self._path("ca.crt"),
            "--tls-cert-file=" + self._path("apiserver.crt"), "--tls-private-key-file=" + self._path("apiserver.key"),
            "--kubelet-preferred-address-types=InternalIP", "--kubelet-certificate-authority=" + self._path("ca.crt"),
            "--kubelet-client-certificate=" + self._path("apiserver-kubelet.crt"),
            "--kubelet-client-key=" + self._path("apiserver-kubelet.key"),
            "--service-account-issuer=https://kubernetes.default.svc." + DOMAIN,
            "--service-account-key-file=" + self._path("tokens.pub"),
            "--service-account-signing-key-file=" + self._path("tokens.key"))
        self._answers(120, "the API server is ready", "kubectl", "get", "--raw", "/readyz")
        self._start_with_kubeconfig(
            "controller-manager", "--use-service-account-credentials", "--root-ca-file=" + self._path("ca.crt"),
            "--service-account-private-key-file=" + self._path("tokens.key"))
        self._start_with_kubeconfig("scheduler")
        # The controllers make it; without it no pod is accepted.
        self._answers(60, "the service account of new pods", "kubectl", "get", "serviceaccount", "default")

    def _start_with_kubeconfig(self, name, *arguments):
        config = self._path(name + ".kubeconfig")
        self._start(name, "kube-" + name, "--kubeconfig=" + config, "--authentication-kubeconfig=" + config,
                    "--authorization-kubeconfig=" + config, "--leader-elect=false", *arguments)

    # ---- the node

    def start_containers(self):
        """containerd; images can be loaded into it."""
        self._lay_network()
        self._start("containerd", "containerd", "--config", self._write(
            "containerd.toml", CONTAINERD_CONFIG.format(work=self._work, pause=PAUSE)))
        self._answers(30, "containerd answers", "ctr", "version")

    def load(self, tar):
        """The name of the image in the tar, which is now in the node's store."""
        before = self._images()
        run("ctr", "--namespace", "k8s.io", "images", "import", tar)
        [name] = [one for one in self._images() - before if not one.startswith("sha256:")]
        return name

    def name(self, image, tags):
        """The image in the tar, weft:VERSION, has the tags too. The kubelet asks for images with the name of a registry."""
        names = [image] + [f"{image.split(':')[0]}:{tag}" for tag in tags]
        run("ctr", "--namespace", "k8s.io", "images", "tag", image, *("docker.io/library/" + name for name in names))

    def _images(self):
        return set(run("ctr", "--namespace", "k8s.io", "images", "list", "--quiet").split())

    def start_node(self, cgroup):
        """The kubelet, kube-proxy and CoreDNS; returns when the node is ready for pods."""
        self._start("kubelet", "kubelet", "--config=" + self._write("kubelet.json", self._kubelet(cgroup)),
                    "--kubeconfig=" + self._path("kubelet.kubeconfig"), "--root-dir=" + self._path("kubelet"),
                    "--hostname-override=" + NAME, "--node-ip=" + NODE)
        self._start("proxy", "kube-proxy", "--config=" + self._write("proxy.json", self._proxy()))
        run("kubectl", "apply", "-f", "-", text=DNS_RIGHTS)
        self._start("coredns", "coredns", "-conf", self._write(
            "Corefile", f".:53 {{\n errors\n kubernetes {DOMAIN} {{\n  kubeconfig {self._path('coredns.kubeconfig')}\n }}\n}}\n"))
        self._answers(120, "the node is ready", "kubectl", "wait", "--for=condition=Ready", "node/" + NAME, "--timeout=1s")

    def _lay_network(self):
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        run("ip", "addr", "add", f"{NODE}/{NETWORK.prefixlen}", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        # Otherwise nothing leaves towards the services, and kube-proxy has nothing to send to a pod instead.
        run("ip", "route", "add", str(SERVICES), "dev", BRIDGE)
        os.makedirs(self._path("cni"))
        self._write("cni/10-pods.conflist", {
            "cniVersion": "0.4.0", "name": "pods", "plugins": [{
                "type": "bridge", "bridge": BRIDGE, "isGateway": True, "hairpinMode": True,
                "ipam": {"type": "host-local", "ranges": [[{"subnet": str(NETWORK), "gateway": NODE}]],
                         "routes": [{"dst": "0.0.0.0/0"}], "dataDir": self._path("addresses")}}]})

    def _kubelet(self, cgroup):
        return {
            "apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration",
            "address": NODE, "clusterDNS": [NODE], "clusterDomain": DOMAIN,
            "resolvConf": self._write("resolv.conf", f"nameserver {NODE}\n"),
            "tlsCertFile": self._path("kubelet-server.crt"), "tlsPrivateKeyFile": self._path("kubelet-server.key"),
            "authentication": {"x509": {"clientCAFile": self._path("ca.crt")}},
            "containerRuntimeEndpoint": "unix://" + CONTAINERD, "podLogsDir": self._path("pods"),
            "cgroupDriver": "cgroupfs", "cgroupRoot": cgroup, "failCgroupV1": False, "failSwapOn": False,
            # A disk that others fill is no reason to evict pods.
            "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        }

    def _proxy(self):
        # Zero leaves the limits of the machine's connection tracking as they are.
        return {
            "apiVersion": "kubeproxy.config.k8s.io/v1alpha1", "kind": "KubeProxyConfiguration", "mode": "nftables",
            "clientConnection": {"kubeconfig": self._path("proxy.kubeconfig")}, "hostnameOverride": NAME,
            "clusterCIDR": str(NETWORK),
            "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
        }
