"""Clusters of two machines on this one: what is killed of them is a machine that is gone."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"
TESTS = Path(__file__).resolve().parents[3]


@contextmanager
def spark_cluster(logs):
    """A standalone master and two workers of one core.

    Yields:
        Its address; a function that kills one machine, and one that starts another in its place.
    """
    from pyspark.find_spark_home import _find_spark_home

    port = _free_port()
    os.environ["SPARK_LOCAL_IP"] = LOOPBACK
    env = {**os.environ, "SPARK_HOME": _find_spark_home(), "SPARK_WORKER_DIR": str(logs), "SPARK_NO_DAEMONIZE": "1"}  # fmt: skip

    def started(name, *words):
        command = [f"{env['SPARK_HOME']}/bin/spark-class", f"org.apache.spark.deploy.{name}", *words]
        with (logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, env=env, process_group=0, stdout=log, stderr=log)

    def worker():
        return started("worker.Worker", "-c", "1", "-m", "1g", "-h", LOOPBACK, "--webui-port", "0", address)

    address = f"spark://{LOOPBACK}:{port}"
    machines = [started("master.Master", "-h", LOOPBACK, "-p", str(port), "--webui-port", "0")]
    _answers(port, machines[0])
    machines += [worker(), worker()]

    def kill():
        os.killpg(machines[1].pid, signal.SIGKILL)  # the executor is of its group
        machines.pop(1).wait()

    try:
        yield address, kill, lambda: machines.append(worker())
    finally:
        for machine in machines:
            os.killpg(machine.pid, signal.SIGKILL)
            machine.wait()


@contextmanager
def ray_cluster():
    """A head and a second machine, of one core each.

    Yields:
        Its address; a function that kills the second machine, and one that starts another in its place.
    """
    os.environ |= {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}
    from ray.cluster_utils import Cluster

    one = {"num_cpus": 1, "object_store_memory": 100 << 20}
    cluster = Cluster(
        initialize_head=True,
        head_node_args={**one, "include_dashboard": False},
    )
    machines = [cluster.add_node(**one)]

    def kill():
        cluster.remove_node(machines.pop(), allow_graceful=False)

    try:
        yield f"ray:{cluster.address}", kill, lambda: machines.append(cluster.add_node(**one))
    finally:
        cluster.shutdown()


def _free_port():
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return one.getsockname()[1]


def _answers(port, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            return socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    sys.exit(f"Spark's master does not answer at port {port}")
