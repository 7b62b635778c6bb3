"""Namespaces for a cluster: a command in them changes nothing outside, and all that it started ends with it."""

import os
import subprocess

CGROUPS = "/sys/fs/cgroup"
# What the kubelet would set for the whole machine: it finds these values, and sets nothing.
KERNEL = {"vm/overcommit_memory": 1, "vm/panic_on_oom": 0, "kernel/panic": 10, "kernel/panic_on_oops": 1,
          "kernel/keys/root_maxkeys": 1000000, "kernel/keys/root_maxbytes": 25000000}


def enter(command):
    """The command in namespaces of its own for mounts, network, processes, IPC and the host's name; its exit status. What it has left
    running is killed with it, and it is killed with this process."""
    return subprocess.run(
        ["setpriv", "--pdeathsig=KILL", "unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child",
         "--mount-proc", *command], stdin=subprocess.DEVNULL, check=False).returncode


def furnish(work):
    """Inside: /run and /var of its own, forwarding between the pods, and the kernel's settings as the kubelet wants them."""
    # Volumes of pods come from mounts that are shared, as they are where systemd runs.
    subprocess.run(["mount", "--make-rshared", "/"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    above, workspace = os.path.join(work, "var"), os.path.join(work, "var.work")
    os.mkdir(above)
    os.mkdir(workspace)
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/var,upperdir={above},workdir={workspace}", "/var"], check=True)
    for name, value in KERNEL.items():
        path = os.path.join(work, name.replace("/", "."))
        with open(path, "w") as file:
            file.write(f"{value}\n")
        subprocess.run(["mount", "--bind", path, "/proc/sys/" + name], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for setting in ("ipv4/ip_forward", "bridge/bridge-nf-call-iptables"):
        with open("/proc/sys/net/" + setting, "w") as file:
            file.write("1")


def has_version_1():
    """Whether the machine has the memory controller where the kubelet of this version looks for it."""
    return os.path.exists(CGROUPS + "/memory/memory.limit_in_bytes")


def make_cgroups(name):
    """A cgroup of its own in each hierarchy for what the kubelet makes."""
    for hierarchy in _hierarchies():
        path = os.path.join(hierarchy, name)
        os.mkdir(path)
        for inherited in ("cpuset.cpus", "cpuset.mems"):
            if os.path.exists(os.path.join(hierarchy, inherited)):
                with open(os.path.join(hierarchy, inherited)) as above, open(os.path.join(path, inherited), "w") as file:
                    file.write(above.read())


def remove_cgroups(name):
    """Removes them, the innermost first: (whether all are gone, what was left). Processes in them may still be about to end."""
    try:
        for hierarchy in _hierarchies():
            for path, _, _ in os.walk(os.path.join(hierarchy, name), topdown=False):
                os.rmdir(path)
    except OSError as busy:
        return False, str(busy)
    return True, ""


def _hierarchies():
    with open("/proc/mounts") as file:
        mounts = [line.split() for line in file]
    return [mount[1] for mount in mounts if mount[2] in ("cgroup", "cgroup2") and mount[1].startswith(CGROUPS)]
