import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'floor',
    summary:
      'The picture of 10,000 and 100,000 robots: bytes of a step as it is streamed, and milliseconds of script a frame to show it.',
    goals: { 'scriptMsPerFrame.10k': { atMost: 2 }, 'scriptMsPerFrame.100k': { atMost: 6 } },
    run: async (input) => (await import('./floor.ts')).runFloorBench(input),
  },
  {
    name: 'step',
    summary:
      'A step of 10,000 robots on a made floor: the first plan alone, and a whole budget of 100 ms; milliseconds and memory.',
    goals: { firstP50Ms: { atMost: 15 }, wholeP99Ms: { atMost: 102 }, rssMb: { atMost: 1000 } },
    run: async (input) => (await import('./step.ts')).runStepBench(input),
  },
  {
    name: 'chaos',
    summary:
      'Planner, gateway and broker are killed with SIGKILL so many times each while robots work: orders lost and doubled, collisions, milliseconds until robots move again.',
    goals: {
      ordersLost: { atMost: 0 },
      ordersDoubled: { atMost: 0 },
      collisions: { atMost: 0 },
      movingAgainP99Ms: { atMost: 3000 },
      plansAgainP99Ms: { atMost: 3000 },
      plannerHoldP99Ms: { atMost: 1000 },
      gatewayHoldP99Ms: { atMost: 1000 },
      brokerHoldP99Ms: { atMost: 1000 },
    },
    options: [
      { flags: '--kills <count>', summary: 'of each; 100' },
      { flags: '--seconds <count>', summary: 'no more kills after so long' },
      { flags: '--robots <count>', summary: 'robots; 40' },
    ],
    run: async (input) => (await import('./chaos.ts')).runChaosBench(input),
  },
  {
    name: 'commands',
    summary:
      'Orders a second to robots over MQTT, each acknowledged by a state, beside the bare broker with messages of the same size; milliseconds from plan to robot.',
    goals: {
      commandsPerSecond: { atLeast: 20_000 },
      shareOfBareBroker: { atLeast: 0.6 },
      planToRobotP99Ms: { atMost: 25 },
    },
    run: async (input) => (await import('./commands.ts')).runCommandsBench(input),
  },
  {
    name: 'stop',
    summary:
      'From the press of the emergency stop until it is at each of 10,000 robots over the wire: milliseconds, median and p99.9.',
    goals: { stopP999Ms: { atMost: 100 }, missed: { atMost: 0 } },
    options: [{ flags: '--robots <count>', summary: 'robots; 10000' }],
    run: async (input) => (await import('./stop.ts')).runStopBench(input),
  },
]
