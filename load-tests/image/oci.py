"""Reads an image from a tar file in the OCI layout, and runs it with runc as Kubernetes would run it."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile


class Image:
    """An image in a tar file, with every blob checked against its digest."""

    def __init__(self, path):
        self._tar = tarfile.open(path)
        index = json.load(self._tar.extractfile("index.json"))
        self.digest = index["manifests"][0]["digest"]
        self.manifest = json.loads(self.blob(self.digest))
        self.config = json.loads(self.blob(self.manifest["config"]["digest"]))

    def blob(self, digest):
        data = self._tar.extractfile("blobs/" + digest.replace(":", "/")).read()
        assert "sha256:" + hashlib.sha256(data).hexdigest() == digest, f"{digest} has other bytes"
        return data

    def layers(self):
        """(digest, compressed size) from the lowest to the uppermost."""
        return [(layer["digest"], layer["size"]) for layer in self.manifest["layers"]]

    def unpack(self, directory):
        """Lays the layers over each other, with their owners and permissions."""
        for digest, _ in self.layers():
            with tempfile.NamedTemporaryFile() as file:
                file.write(self.blob(digest))
                file.flush()
                with tarfile.open(file.name) as layer:
                    layer.extractall(directory, numeric_owner=True)


class Container:
    """One container: its own processes, mounts, users and memory limit; the network of this machine."""

    def __init__(self, image, rootfs, arguments, memory_mib, mounts=(), environment=(), entrypoint=None):
        self.name = "weft-image-" + os.urandom(4).hex()
        self._bundle = tempfile.mkdtemp(prefix="weft-bundle-")
        config = image.config["config"]
        command = (entrypoint or config["Entrypoint"]) + arguments
        uid, gid = (int(number) for number in config["User"].split(":"))
        # Processes start with the defaults of a restricted pod.
        spec = {
            "ociVersion": "1.0.2",
            "process": {
                "terminal": False,
                "user": {"uid": uid, "gid": gid},
                "args": command,
                "env": config.get("Env", []) + list(environment),
                "cwd": config["WorkingDir"],
                "capabilities": {kind: [] for kind in ("bounding", "effective", "inheritable", "permitted")},
                "noNewPrivileges": True,
            },
            "root": {"path": os.path.abspath(rootfs), "readonly": True},
            "mounts": [
                {"destination": "/proc", "type": "proc", "source": "proc"},
                {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]},
                {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
                {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
                 "options": ["nosuid", "noexec", "nodev", "ro"]},
                {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs",
                 "options": ["nosuid", "nodev", "mode=1777", "size=64m"]},
            ] + [
                {"destination": inside, "type": "bind", "source": os.path.abspath(outside), "options": ["bind", "ro"]}
                for outside, inside in mounts
            ],
            "linux": {
                "cgroupsPath": "/" + self.name,
                "namespaces": [{"type": kind} for kind in ("pid", "mount", "ipc", "uts")],
                "resources": {"memory": {"limit": memory_mib << 20, "swap": memory_mib << 20}},
                "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/sysrq-trigger"],
                "readonlyPaths": ["/proc/sys", "/proc/bus", "/proc/irq"],
            },
        }
        with open(os.path.join(self._bundle, "config.json"), "w") as file:
            json.dump(spec, file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["runc", "delete", "--force", self.name], capture_output=True, check=False)
        shutil.rmtree(self._bundle)

    def run(self, timeout=60):
        """Runs it to its end: exit status, what it printed."""
        done = subprocess.run(
            ["runc", "run", "--bundle", self._bundle, self.name],
            capture_output=True, text=True, timeout=timeout, check=False)
        return done.returncode, done.stdout + done.stderr

    def start(self, log):
        """Starts it in the background; its standard output can be read, the rest goes to the file."""
        return subprocess.Popen(
            ["runc", "run", "--bundle", self._bundle, self.name],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)

    def exec(self, *command, timeout=60):
        """Runs a command inside, as a probe does: exit status, what it printed."""
        done = subprocess.run(["runc", "exec", self.name, *command], capture_output=True, text=True, timeout=timeout,
                              check=False)
        return done.returncode, done.stdout + done.stderr

    def kill(self, signal):
        subprocess.run(["runc", "kill", self.name, signal], check=True)

    def pid(self):
        """The process number of the first process, as this machine counts."""
        state = subprocess.run(["runc", "state", self.name], capture_output=True, text=True, check=True)
        return json.loads(state.stdout)["pid"]
