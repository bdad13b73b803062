import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { FloorHistory } from '../live/floor-history.ts'
import { packActions } from '../live/pack-actions.ts'
import type { StepFrame } from '../live/frames.ts'

/** Steps that are shown, and frames of the screen for each: half a second at 60 a second. */
const [steps, framesAStep] = [120, 30]
const sizes = [
  { robots: 10_000, rows: 160, columns: 250 },
  { robots: 100_000, rows: 500, columns: 800 },
]

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** `heavylift bench robots.floor`: what a step of the stream weighs, and what the console's code does to show it; the graphics card's own work is not in it. */
export function runFloorBench({ report, signal }: MeasureInput) {
  const metrics: Record<string, number> = {}
  for (const { robots, rows, columns } of sizes) {
    const name = robots === 10_000 ? '10k' : '100k'
    const history = new FloorHistory({
      name: 'bench',
      rows,
      columns,
      robots,
      kinds: base64(new Uint8Array(rows * columns).fill(1)),
      stepMs: 500,
      stepSeconds: 1,
      goalPerHour: 1,
      budgetMs: 100,
    })
    // Robots that turn on the spot, so that any floor does: what is worked for them is the same as for others.
    const states = Int32Array.from({ length: robots }, (_, robot) => robot * 16)
    const status = Uint8Array.from({ length: robots }, (_, robot) => robot % 8)
    history.keyframe({ step: 0, states: base64(new Uint8Array(states.buffer)), status: base64(status) })
    const frame = { figures: null } as unknown as StepFrame
    const frames: number[] = []
    let bytes = 0
    for (let step = 1; step <= steps; step++) {
      signal.throwIfAborted()
      if (step % 20 === 0) report({ stage: `${robots} robots`, done: step, total: steps, unit: 'steps' })
      const actions = Uint8Array.from({ length: robots }, (_, robot) => 1 + ((robot + step) % 3))
      const changes = Array.from({ length: Math.round(robots * 0.02) * 2 }, (_, at) =>
        at % 2 === 0 ? (at * 37 + step) % robots : (at + step) % 8,
      )
      const text = JSON.stringify({ step, actions: base64(packActions(actions)), changes })
      bytes += text.length
      for (let at = 0; at < framesAStep; at++) {
        const startedMs = performance.now()
        if (at === 0)
          history.step({ ...frame, ...(JSON.parse(text) as Pick<StepFrame, 'step' | 'actions' | 'changes'>) })
        history.show(step)
        frames.push(performance.now() - startedMs)
      }
    }
    const sorted = sortNumbers(frames)
    metrics[`bytesPerStep.${name}`] = bytes / steps
    metrics[`actionBytesPerStep.${name}`] = Math.ceil(robots / 4)
    metrics[`scriptMsPerFrame.${name}`] = frames.reduce((sum, ms) => sum + ms, 0) / frames.length
    metrics[`newStepFrameP99Ms.${name}`] = quantile(sorted, 1 - 0.01 / framesAStep)
  }
  return Promise.resolve({
    n: sizes.length,
    metrics,
    notes: [
      'scriptMsPerFrame: the mean over frames, of which one in thirty brings a new step; newStepFrameP99Ms is that one. Motion within a step is the graphics card’s.',
      'bytesPerStep: the event of a step without its figures, base64 as it is sent; 2 % of the robots change their state in each.',
    ],
  })
}
