import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'lorr',
    summary:
      'Tasks finished on problems of the League of Robot Runners below --data (rules of 2024; without it, made floors), each step checked by the independent validator; score: sum of finished over best.json.',
    goals: { collisions: { atMost: 0 }, invalidActions: { atMost: 0 } },
    options: [
      { flags: '--budget-ms <ms>', summary: 'milliseconds a step; 100' },
      {
        flags: '--units <units>',
        summary: 'units of work a step instead, which any machine repeats to the bit',
      },
      { flags: '--steps <steps>', summary: 'steps of each run, instead of simulation_time.json' },
      { flags: '--only <names>', summary: 'some problems, with commas between: R1,R3 or RANDOM-01' },
      { flags: '--output <dir>', summary: 'writes each run as PlanViz reads it' },
    ],
    run: async (input) => (await import('./lorr.ts')).runLorrEval(input),
  },
  {
    name: 'floors',
    summary:
      'Live floors made anew (wide, narrow, one-way, blocked stations, crowded) with late and unplugged robots and a closed zone: tasks a robot and hour, deadlocks found and broken, each step checked.',
    goals: { collisions: { atMost: 0 } },
    options: [
      { flags: '--seeds <seeds>', summary: 'floors of each kind; 2' },
      { flags: '--steps <steps>', summary: 'steps of each; 300' },
    ],
    run: async (input) => (await import('./floors.ts')).runFloorsEval(input),
  },
  {
    name: 'predict',
    summary:
      'Congestion of each cell in the minute to come, learned from runs of made floors and judged on kinds of floors that it never saw, beside persistence; and whether planning around it raises throughput over seeds.',
    goals: { brierGain: { atLeast: 0 } },
    options: [
      { flags: '--seeds <seeds>', summary: 'floors of each kind; 3' },
      { flags: '--steps <steps>', summary: 'steps of each after a minute; 300' },
    ],
    run: async (input) => (await import('./predict.ts')).runPredictEval(input),
  },
  {
    name: 'delays',
    summary:
      'Tasks finished on problems by the rules of 2026 below --data (without it, made floors): ticks, hidden delays, a plan a second; each tick checked by an independent validator.',
    goals: { collisions: { atMost: 0 }, deadlocks: { atMost: 0 } },
    options: [
      { flags: '--ticks <ticks>', summary: 'ticks of each run; 1000' },
      { flags: '--units <units>', summary: 'units of work of a step of a plan; 200000' },
      { flags: '--seeds <seeds>', summary: 'runs of each problem, with other delays; 1' },
      { flags: '--only <names>', summary: 'some problems, by parts of their names, with commas between' },
    ],
    run: async (input) => (await import('./delays.ts')).runDelaysEval(input),
  },
  {
    name: 'validate',
    summary:
      'The independent validator on solutions below --data (actualPaths, beside their problems): violations of the rules of 2024, and mutations with a known fault that it names by step and robots.',
    goals: { violations: { atMost: 0 } },
    options: [{ flags: '--mutations <count>', summary: 'mutations of all solutions together; 1000' }],
    run: async (input) => (await import('./validate.ts')).runValidateEval(input),
  },
  {
    name: 'vda5050',
    summary:
      'Robots of VDA 5050 3.0.0 and 2.1.0 in processes of their own do tasks over a real broker and a bad radio: messages, and orders lost, doubled, collisions by what robots really did.',
    goals: {
      schemaErrors: { atMost: 0 },
      ordersLost: { atMost: 0 },
      ordersDoubled: { atMost: 0 },
      collisions: { atMost: 0 },
    },
    options: [
      { flags: '--robots <count>', summary: 'robots; 40' },
      { flags: '--tasks <count>', summary: 'tasks; three a robot' },
    ],
    run: async (input) => (await import('./vda5050.ts')).runVdaEval(input),
  },
]
