import type { Measure } from '@heavylift/core'

/** Evals of specs themselves: their formats, deltas and lint. */
export const specEvals: Measure[] = [
  {
    name: 'formats',
    summary:
      'Files of Kiro, OpenSpec and spec-kit below --data (any tree; without it, our sample): files read, and how many come back byte for byte when each requirement, criterion and task is edited and the edit taken back (identical). strictValid: main specs of OpenSpec that pass its strict rules, of strictTotal.',
    goals: { identicalRate: { atLeast: 1 }, understoodRate: { atLeast: 1 } },
    options: [
      {
        flags: '--openspec <file>',
        summary:
          'bin/openspec.js of npm @fission-ai/openspec, the peer: how many specs it passes, and on how many it agrees',
      },
    ],
    run: async (input) => (await import('./formats/formats.ts')).runFormatsEval(input),
  },
  {
    name: 'deltas',
    summary:
      'Deltas of OpenSpec applied, against another tool’s own result: each folder below --data with `delta.md` (and `spec.md` where there is one) and `expected.md`, or `error.txt` where it was refused. equal: cases with the same result, blank lines and line endings apart; equalBytes: byte for byte.',
    goals: { equalRate: { atLeast: 1 } },
    run: async (input) => (await import('./deltas/deltas.ts')).runDeltasEval(input),
  },
  {
    name: 'lint',
    summary:
      'Faults found in specs below --data: those that a `faults.json` beside a spec names, else faults that are seeded into each spec of Kiro, one at a time (words, contradictions, gaps, form): caught, the share found; falseAlarms, findings that nothing explains.',
    goals: { caught: { atLeast: 0.95 }, falseAlarms: { atMost: 0.02 } },
    run: async (input) => (await import('./lint/lint.ts')).runLintEval(input),
  },
  {
    name: 'velocity',
    summary:
      'Deployments a week after an adoption ÷ the 12 weeks before, with its 95 % interval, from CSV of deployments (time, repository, failed, commits …) below --data and adoption.json there: ratio, low, high, controlRatio (repositories without a date). Without a date, an A/A test: the share of dates at random that look faster. Without --data, how often the interval has a planted ratio.',
    goals: { fasterRate: { atMost: 0.05 }, insideRate: { atLeast: 0.93, atMost: 0.97 } },
    options: [
      { flags: '--adopted <date>', summary: 'date of the first repository, where there is no adoption.json' },
    ],
    run: async (input) => (await import('./velocity/velocity.ts')).runVelocityEval(input),
  },
  {
    name: 'drift',
    summary:
      'Cases of drift: each folder below --data with before/, after/ and label.json ("drift": true or false, "requirement": whose). caught: of behaviour that changed, the share found; localised: of those, the share on the right requirement; falseAlarms: of refactorings, the share reported. Without --data, our sample.',
    goals: { caught: { atLeast: 0.95 }, localised: { atLeast: 0.9 }, falseAlarms: { atMost: 0.01 } },
    run: async (input) => (await import('./drift/drift.ts')).runDriftEval(input),
  },
  {
    name: 'made-drift',
    summary:
      'Refactorings and mutants made of the services in the folders of --data, by a seed, at places behind their operations. caught: of mutants (statuses, conditions, guards, paths, fields, bounds, messages …, and what PIT, Stryker, mutmut and go-mutesting do to any code), the share reported; caughtAsDrift: as drift, by which a check fails; falseAlarms, falseAlarmsAsDrift: of refactorings (functions taken out, moved and inlined, names, branches turned round …), the shares reported. Without --data, our sample services.',
    goals: { caught: { atLeast: 0.95 }, falseAlarms: { atMost: 0.01 } },
    run: async (input) => (await import('./drift/made-drift.ts')).runMadeDriftEval(input),
  },
  {
    name: 'round-trip',
    summary:
      'Sentences of the sample services edited one at a time, planned, built by an agent that does what a person wrote for the edit, tested, and extracted again: builtRate, the share that passed the gates; agreeRate, of these the share whose branch agrees with its own spec; byItsGateRate, of what sly agents do the share that the right gate refuses.',
    goals: { builtRate: { atLeast: 1 }, agreeRate: { atLeast: 1 }, byItsGateRate: { atLeast: 1 } },
    run: async (input) => (await import('./round-trip/round-trip.ts')).runRoundTripEval(input),
  },
]
