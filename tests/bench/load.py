"""Load from one process with eight connections, by the program `wrk`: bounded, to loopback only."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

CONNECTIONS = 8
ROTATING = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def refuse_without_wrk():
    if not shutil.which("wrk"):
        raise SystemExit("The program wrk is needed; on Debian: apt-get install wrk.")


def per_second(address, paths, seconds, **headers):
    """Requests answered in a second. Ends the run if any answer is an error."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "rotate.lua")
        listed.write_text("\n".join(paths) + "\n")
        script.write_text(ROTATING % listed)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"]
        for name, value in headers.items():
            command += ["-H", f"{name.replace('_', '-')}: {value}"]
        command += ["-s", str(script), address]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{address}{paths[0]} did not always answer:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
