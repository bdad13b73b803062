import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'load',
    summary:
      'Requests that one generator sends by a second of its own processor time, and how late it sends; peers: autocannon, wrk.',
    goals: { timesAutocannon: { atLeast: 2 }, shareOfWrk: { atLeast: 0.5 }, sendLagP99Ms: { atMost: 1 } },
    options: [
      {
        flags: '--autocannon <file>',
        summary: 'autocannon.js of the npm package, the peer; none without it',
      },
    ],
    run: async (input) => (await import('./load/load.ts')).runLoadBench(input),
  },
  {
    name: 'truth',
    summary:
      'Quantiles of latency against a server with scripted pauses, for which they are known in closed form.',
    goals: { maxErrPct: { atMost: 1 }, validRuns: { atLeast: 1 } },
    run: async (input) => (await import('./load/truth.ts')).runTruthBench(input),
  },
  {
    name: 'streams',
    summary:
      'Streams of server-sent events that one generator holds open at once on one core, and the memory of each.',
    goals: { openStreams: { atLeast: 20_000 }, kilobytesPerStream: { atMost: 25 }, coresUsed: { atMost: 1 } },
    options: [{ flags: '--streams <number>', summary: 'how many, default 20000' }],
    run: async (input) => (await import('./load/streams.ts')).runStreamsBench(input),
  },
  {
    name: 'proxy',
    summary:
      'What the proxy of faults adds to a request without a fault, and how exact an injected delay is.',
    goals: { addedP50Us: { atMost: 60 }, injectedErrMs: { atMost: 1 }, bandwidthErrPct: { atMost: 2 } },
    run: async (input) => (await import('./proxy/proxy.ts')).runProxyBench(input),
  },
  {
    name: 'gameday-kill',
    summary:
      'Controllers of game days killed by SIGKILL with faults on: rounds after which all faults were gone within 2 s, and how long an abort takes.',
    goals: { rolledBackPct: { atLeast: 100 }, maxMs: { atMost: 2000 }, abortMaxMs: { atMost: 1000 } },
    options: [{ flags: '--rounds <number>', summary: 'how many controllers are killed (default: 100)' }],
    run: async (input) => (await import('./gameday-kill/gameday-kill.ts')).runGamedayKillBench(input),
  },
]
