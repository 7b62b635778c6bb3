"""What is tried on the cluster, in this order: each step begins where the one before it ended."""

import asyncio
import json
import os
import re
import subprocess

import cluster
from clients import RawSocket, WebSocket, World

NAMESPACE, RELEASE = "weft", "weft"
# The API server refuses pods that are not what the restricted standard asks for, and says so of what would make them.
PODS_ARE_RESTRICTED = {f"pod-security.kubernetes.io/{how}": "restricted" for how in ("enforce", "warn")}
# Kinds of others, whose definitions are not here.
OF_OTHERS = ["cert-manager.io", "monitoring.coreos.com"]
# Shorter than by default: a pod leaves within some 10 s.
VALUES = ["--set", "image.tag=one", "--set", "config.drain.readiness-delay=4s", "--set", "config.drain.timeout=15s",
          "--set", "config.drain.spread=4s"]
WRONG = """
apiVersion: v1
kind: Pod
metadata: {name: wrong}
spec:
  containers: [{name: one, image: "weft:one"%s}]
"""


class Scenario:
    def __init__(self, work, kubernetes, root):
        self._work, self.kubernetes, self._root = work, kubernetes, root
        self.chart = os.path.join(root, "helm", "weft")
        self.examples = sorted(os.listdir(os.path.join(self.chart, "examples")))
        self.overlays = sorted(os.listdir(os.path.join(root, "k8s", "overlays")))

    def example(self, name):
        return os.path.join(self.chart, "examples", name)

    def overlay(self, name):
        return os.path.join(self._root, "k8s", "overlays", name)

    def write(self, name, text):
        path = os.path.join(self._work, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def tell(self):
        """Prints what helps to find out why a step has failed."""
        for command in (["get", "nodes,statefulsets,pods,endpointslices", "-A", "-o", "wide"],
                        ["-n", NAMESPACE, "get", "events", "--sort-by=.lastTimestamp"],
                        ["-n", NAMESPACE, "logs", "--selector", "app.kubernetes.io/name=weft", "--prefix", "--tail=30"]):
            told = subprocess.run(["kubectl", *command], capture_output=True, text=True, timeout=60, check=False)
            print(f"-- kubectl {' '.join(command)}\n{(told.stdout + told.stderr)[-6000:]}")
        for name in self.kubernetes.logs():
            print(f"-- {name}\n{self.kubernetes.log(name)}", flush=True)


def kubectl(*arguments, text=None, seconds=120):
    return cluster.run("kubectl", "--namespace", NAMESPACE, *arguments, text=text, seconds=seconds)


def helm(*arguments, seconds=300):
    return cluster.run("helm", "--namespace", NAMESPACE, *arguments, seconds=seconds)


def taken(*source, text=None):
    """How many objects the API server would take, without a warning."""
    answer = kubectl("apply", "--dry-run=server", "--validate=strict", "--warnings-as-errors", *source, text=text)
    return answer.count("(server dry run)")


def without_others(manifests):
    """The objects whose definitions are here."""
    return "\n---\n".join(one for one in manifests.split("\n---\n") if not any(f"apiVersion: {other}" in one for other in OF_OTHERS))


def refused(text, why):
    answer = subprocess.run(["kubectl", "--namespace", NAMESPACE, "apply", "--validate=strict", "-f", "-"],
                            input=text, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode != 0 and re.search(why, answer.stderr), answer


def pods():
    """The pods of the release by name."""
    found = json.loads(kubectl("get", "pods", "--selector", "app.kubernetes.io/component=router", "-o", "json"))["items"]
    return {one["metadata"]["name"]: one for one in found}


def members(pod):
    """The nodes that the one in the pod knows."""
    told = kubectl("exec", pod, "--", "/opt/java/bin/java", "@/app/weft", "cluster", "members", "--json", "--admin=127.0.0.1:8180")
    return sorted(one["name"] for one in json.loads(told)["members"] if one["member"])


# ---- with the control plane alone


async def the_api_server_refuses_what_is_wrong(scenario):
    kubectl("create", "namespace", NAMESPACE)
    kubectl("label", "namespace", NAMESPACE, *(f"{key}={value}" for key, value in PODS_ARE_RESTRICTED.items()))
    cluster.until(30, "the namespace's service account", lambda: ("default" in kubectl("get", "serviceaccounts", "-o", "name"), ""))
    refused(WRONG % "", "violates PodSecurity")
    refused(WRONG % ", imgae: x", "unknown field.*imgae")


async def it_takes_every_object_of_the_examples(scenario):
    counts = []
    for name in scenario.examples:
        rendered = helm("template", RELEASE, scenario.chart, "--values", scenario.example(name),
                        "--kube-version", cluster.version())
        count = taken("-f", "-", text=without_others(rendered))
        assert count >= 8, f"{name}: {count}"
        counts.append(f"{name} {count}")
    return ", ".join(counts)


async def it_takes_every_plain_manifest(scenario):
    counts = []
    for name in scenario.overlays:
        built = without_others(kubectl("kustomize", scenario.overlay(name)))
        counts.append(f"{name} {taken('-f', '-', text=built)}")
    return ", ".join(counts)


async def helm_installs_the_chart_and_the_controllers_make_its_pods(scenario):
    helm("install", RELEASE, scenario.chart, "--values", scenario.example("dev.yaml"), *VALUES)
    names = cluster.until(30, "three pods", lambda: (len(pods()) == 3, sorted(pods())))
    assert names == ["weft-0", "weft-1", "weft-2"], names


# ---- with a node


async def the_pods_become_ready_and_one_cluster(scenario):
    await all_there(3)


async def helm_test_makes_a_call_across_two_pods(scenario):
    return helm("test", RELEASE, "--logs", "--timeout", "90s").strip().splitlines()[-1]


async def scaled_to_five_and_back_under_load_no_call_fails(scenario):
    async with load() as world:
        await scaled(5)
        # Sessions do not move: of these, some are with the new pods.
        await joined(world)
        assert not world.ended, world
        await scaled(3)
        assert world.ended, f"nobody was with the pods that have gone: {world}"
        return await nothing_failed(world)


async def a_rolling_upgrade_under_load_fails_no_call(scenario):
    key = kubectl("get", "secret", "weft-cluster", "-o", "jsonpath={.data}")
    before = {one["metadata"]["uid"] for one in pods().values()}
    async with load() as world:
        await asyncio.to_thread(helm, "upgrade", RELEASE, scenario.chart, "--values", scenario.example("dev.yaml"), *VALUES,
                                "--set", "image.tag=two")
        await rolled_out()
        saw = await nothing_failed(world)
    after = pods().values()
    assert len(after) == 3 and not before & {one["metadata"]["uid"] for one in after}, "not all pods are new ones"
    assert {one["spec"]["containers"][0]["image"] for one in after} == {"weft:two"}
    assert kubectl("get", "secret", "weft-cluster", "-o", "jsonpath={.data}") == key, "the cluster's key is another one"
    return saw


async def evicted_under_load_one_pod_goes_at_a_time_and_fails_no_call(scenario):
    before = pods()["weft-0"]["metadata"]["uid"]
    async with load() as world:
        await asyncio.to_thread(kubectl, "create", "-f", "-", "--raw", eviction_path("weft-0"), text=eviction("weft-0"))
        answer = await asyncio.to_thread(
            subprocess.run, ["kubectl", "create", "-f", "-", "--raw", eviction_path("weft-1")], input=eviction("weft-1"),
            capture_output=True, text=True, timeout=60, check=False)
        assert answer.returncode != 0 and "disruption budget" in answer.stderr, answer

        def is_another():
            now = pods().get("weft-0")
            return now is not None and now["metadata"]["uid"] != before, now and now["status"]

        await asyncio.to_thread(cluster.until, 120, "another weft-0", is_another)
        await all_there(3)
        assert world.ended, f"nobody was with the pod that has gone: {world}"
        return await nothing_failed(world)


async def uninstalled_it_leaves_the_clusters_key_alone(scenario):
    kubectl("delete", "pod", "weft-test-roundtrip")
    helm("uninstall", RELEASE, "--wait", "--timeout", "120s")
    kinds = "statefulsets,pods,services,configmaps,secrets,networkpolicies,poddisruptionbudgets,serviceaccounts"

    def left():
        names = kubectl("get", kinds, "-o", "name").split()
        ours = [one for one in names if "weft" in one]
        return ours == ["secret/weft-cluster"], ours

    await asyncio.to_thread(cluster.until, 90, "the key alone", left)


def eviction_path(pod):
    return f"/api/v1/namespaces/{NAMESPACE}/pods/{pod}/eviction"


def eviction(pod):
    return json.dumps({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod, "namespace": NAMESPACE}})


async def scaled(count):
    await asyncio.to_thread(kubectl, "scale", "statefulset/weft", f"--replicas={count}")
    await all_there(count)


async def all_there(count):
    """The StatefulSet has that many pods, all of them ready, and no others; each knows all. Clients in this process go on meanwhile."""
    await rolled_out()

    def are_there():
        names = sorted(pods())
        return names == [f"weft-{i}" for i in range(count)], names

    names = await asyncio.to_thread(cluster.until, 120, f"{count} pods", are_there)
    # A pod is gone before Hazelcast has left off waiting for it.
    for name in names:
        await asyncio.to_thread(cluster.until, 60, f"{name} knows all", lambda pod=name: ((seen := members(pod)) == names, seen))


async def rolled_out():
    await asyncio.to_thread(kubectl, "rollout", "status", "statefulset/weft", "--timeout=240s", seconds=250)


class load:
    """Clients of the service, all of them at work."""

    async def __aenter__(self):
        self._world = World()
        await joined(self._world)
        self._world.forget()
        return self._world

    async def __aexit__(self, *_):
        await self._world.stop()


async def joined(world):
    """More clients, by WebSocket and RawSocket; returns when they work."""
    address = await asyncio.to_thread(kubectl, "get", "service", "weft", "-o", "jsonpath={.spec.clusterIP}")
    callees = world.callees
    for kind in (WebSocket, RawSocket):
        world.add(kind, 8080, address, callers=6, callees=3, publishers=1, subscribers=3)
    await world.until(30, "callees", lambda: world.callees == callees + 6)
    await world.everyone_is_answered(20)


async def nothing_failed(world):
    """No call ended with an error or had no answer, no call that a callee had begun had to be repeated, and no event was missed."""
    await world.everyone_is_answered(20)
    await world.every_event_is_there(20)
    assert not world.errors and world.hanging == 0 and not world.begun_and_lost, world
    assert not world.lost and world.doubled == 0, world
    assert world.answered > 1000 and world.events > 1000, world
    return str(world)


CONTROL_PLANE = [
    the_api_server_refuses_what_is_wrong,
    it_takes_every_object_of_the_examples,
    it_takes_every_plain_manifest,
    helm_installs_the_chart_and_the_controllers_make_its_pods,
]
NODE = [
    the_pods_become_ready_and_one_cluster,
    helm_test_makes_a_call_across_two_pods,
    scaled_to_five_and_back_under_load_no_call_fails,
    a_rolling_upgrade_under_load_fails_no_call,
    evicted_under_load_one_pod_goes_at_a_time_and_fails_no_call,
    uninstalled_it_leaves_the_clusters_key_alone,
]
