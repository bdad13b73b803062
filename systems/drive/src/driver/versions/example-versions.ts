/** What `drive versions --init` writes: a version of each kind that works without another file than the driver in Python. */
export function exampleVersions(driverFile: string) {
  return {
    versions: [
      {
        name: 'mine',
        summary: 'A program of my own: follows its route, keeps two seconds behind what is ahead.',
        kind: 'external',
        parameters: { command: 'python3', args: [driverFile], timeoutS: 2, inFlight: 64 },
      },
      {
        name: 'pdm-bare',
        summary: 'The project’s own stack without its safety layer, on another vehicle.',
        kind: 'stack',
        parameters: { safety: false, vehicle: 'bicycle' },
      },
    ],
  }
}

/** A driver to begin with; the README shows the same lines. */
export const exampleDriver = `from heavylift_drive import Command, Driver, serve

class Mine(Driver):
    def step(self, seen):
        ego, route = seen.ego, self.case.route
        ahead, left = ego.seen(*route[min(int(ego.route_m / 2) + 4, len(route) - 1)][:2])
        places = [ego.seen(agent.x, agent.y) for agent in seen.agents]
        gap = min((a - 6 for a, l in places if a > 0 and abs(l) < 1.8), default=999)
        wanted = min(self.case.desired_speed_mps or route[0].speed_limit_mps, max(0, gap / 2 - 1))
        return Command(max(-8, min(2, wanted - ego.speed_mps)), 5.4 * left / (ahead**2 + left**2))

serve(Mine)
`
