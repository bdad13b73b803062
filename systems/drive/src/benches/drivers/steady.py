# The driver of the bench in Python: keeps 10 m/s. Argument: the encoding, or `echo` to answer each frame without looking into it.
import json
import sys

how = sys.argv[1]
if how == "binary":
    from heavylift_drive import Command, Driver, serve

    class Steady(Driver):
        def step(self, seen):
            return Command(10 - seen.ego.speed_mps, 0.0)

    serve(Steady)
elif how == "json":
    sys.stdin.readline()
    print('{"type":"ready","protocol":2,"encoding":"json"}', flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        commands = [
            {"case": one["case"], "accelerationMps2": 10 - one["ego"]["speedMps"], "frontSteerRad": 0}
            for one in asked["cases"]
        ]
        print(json.dumps({"frame": asked["frame"], "commands": commands}), flush=True)
else:
    question, answer = int(sys.argv[2]), b"." * int(sys.argv[3])
    while len(sys.stdin.buffer.read(question)) == question:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
