import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { until, type CrashScene } from './crash-scene.ts'

/** Kills the process under sixteen runs, again and again: recorded steps never run again, the rest run on, and every run ends. */
export async function runThroughKills(scene: CrashScene, kills: number, steps: number): Promise<void> {
  // Many runs at once, each somewhere else in its steps, make every kill hit many moments.
  const runs = Array.from({ length: 16 }, (_, i) => `run-${i}`)
  let child = await scene.startChild()
  for (const id of runs) child.send({ id, steps })
  for (let i = 0; i < kills; i++) {
    // A fixed spread, so that a failure can be seen again; the moments differ with the machine anyhow.
    await wait(40 + ((i * 67) % 150))
    await scene.kill(child)
    const before = new Map(
      await Promise.all(runs.map(async (id) => [id, await scene.recordedOf(id)] as const)),
    )
    const counts = new Map(
      await Promise.all(runs.map(async (id) => [id, await scene.actionsOf(id)] as const)),
    )
    child = await scene.startChild()
    // The same ids again: they join, whatever state they are in.
    for (const id of runs) child.send({ id, steps })
    await wait(300)
    for (const id of runs) {
      const after = await scene.actionsOf(id)
      for (const [name, output] of before.get(id) ?? []) {
        const step = Number(name.slice('step-'.length))
        const countOf = (rows: { step: number }[]) => rows.filter((row) => row.step === step).length
        expect(countOf(after), `${id} ${name}`).toBe(countOf(counts.get(id) ?? []))
        expect((await scene.recordedOf(id)).get(name)).toBe(output)
      }
    }
  }
  for (const id of runs) {
    await until(async () => (await scene.statusOf(id)) === 'SUCCESS', `${id} to end`)
    const actions = await scene.actionsOf(id)
    expect(new Set(actions.map(({ step }) => step)).size).toBe(steps)
    // Only the action that a kill interrupted may have run more than once.
    expect(actions.length - steps).toBeLessThanOrEqual(kills)
    // In order: a step's last action comes before the next step's first.
    const order = actions.map(({ step }) => step)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
}
