import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLayerFollower } from '../../air/layer-follower.js'
import { applyCommand, emptyLayer, onAirState } from '../../src/graphics/layer-state.ts'
import type { LayerCommand, LayerState } from '../../src/graphics/layer-state.ts'

const steps = (graphic: string) => (graphic === 'burn-bar' ? 2 : 1)
const run = (...commands: LayerCommand[]) =>
  commands.reduce<LayerState>((state, command) => applyCommand(state, command, steps), emptyLayer('main'))

describe('a layer [LIVE-CONTROL-01]', () => {
  test('goes from preview on air, through the steps, and off', () => {
    const preview = run({ type: 'preview', graphic: 'burn-bar', data: null })
    expect([onAirState(preview), preview.isAuto]).toEqual(['preview', true])
    const taken = applyCommand(preview, { type: 'take' }, steps)
    expect(taken).toMatchObject({ program: { graphic: 'burn-bar', step: 0 }, preview: null, isAuto: false })
    const second = applyCommand(taken, { type: 'next' }, steps)
    expect(second.program?.step).toBe(1)
    expect(onAirState(applyCommand(second, { type: 'next' }, steps))).toBe('off')
  })

  test('takes another graphic at once, and keeps what is in preview', () => {
    const state = run(
      { type: 'preview', graphic: 'coverage', data: { coverage: 'man' } },
      { type: 'take', graphic: 'momentum' },
    )
    expect(state).toMatchObject({ program: { graphic: 'momentum' }, preview: { graphic: 'coverage' } })
  })

  test('a command that changes nothing leaves the state as it is', () => {
    const state = emptyLayer('main')
    for (const command of [
      { type: 'take' },
      { type: 'next' },
      { type: 'update', bus: 'program', data: {} },
      { type: 'auto', isAuto: true },
    ] as LayerCommand[]) {
      expect(applyCommand(state, command, steps)).toBe(state)
    }
    expect(applyCommand(state, { type: 'clear' }, steps).isAuto).toBe(false)
  })

  const graphic = fc.constantFrom('burn-bar', 'coverage')
  const data = fc.constantFrom(null, { a: 1 }, { a: 2 })
  const command = fc.oneof<fc.Arbitrary<LayerCommand>[]>(
    fc.record({ type: fc.constant('preview'), graphic, data }),
    fc.record({ type: fc.constant('take'), graphic, data }),
    fc.constant({ type: 'take' }),
    fc.constant({ type: 'clear' }),
    fc.constant({ type: 'next' }),
    fc.record({ type: fc.constant('update'), bus: fc.constantFrom('program', 'preview'), data }),
    fc.record({ type: fc.constant('auto'), isAuto: fc.boolean() }),
  )

  test('is followed to the same picture, whichever states on the way are missed or told twice [LIVE-CONTROL-02]', () => {
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 20 }),
        fc.array(fc.nat(3), { maxLength: 21 }),
        (commands, tellings) => {
          const states = [emptyLayer('main')]
          for (const each of commands)
            states.push(applyCommand(states.at(-1) ?? emptyLayer('main'), each, steps))
          const on = new Map<string, { data: unknown; step: number }>()
          const follower = createLayerFollower(
            {
              take: async (id, shown, step = 0) => void on.set(id, { data: shown, step }),
              update: async (id, shown) => void on.set(id, { step: on.get(id)?.step ?? -1, data: shown }),
              step: async (id, step) => void on.set(id, { data: on.get(id)?.data, step }),
              clear: async (id) => void on.delete(id),
            },
            () => ({ live: true }),
          )
          states.forEach((state, index) => {
            const isLast = index === states.length - 1
            for (let times = isLast ? 1 : (tellings[index] ?? 1); times > 0; times--) {
              if (follower.isNewer(state)) follower.follow(state.revision, state.program)
            }
          })
          const program = states.at(-1)?.program ?? null
          expect([...on]).toEqual(
            program === null
              ? []
              : [[program.graphic, { data: program.data ?? { live: true }, step: program.step }]],
          )
        },
      ),
      { seed: 23, numRuns: 300 },
    )
  })
})

test('a graphic that follows the insights stands from the first insight on, never empty [LIVE-AIR-04]', () => {
  const calls: string[] = []
  let data: unknown
  const note = (name: string) => async (id: string) => void calls.push(`${name} ${id}`)
  const stage = { take: note('take'), update: note('update'), step: note('step'), clear: note('clear') }
  const follower = createLayerFollower(stage, () => data)
  follower.follow(1, { graphic: 'coverage', data: null, step: 0 })
  follower.onLiveData('momentum')
  expect(calls).toEqual([])
  data = { coverage: 'zone' }
  follower.onLiveData('coverage')
  follower.onLiveData('coverage')
  follower.follow(2, null)
  follower.onLiveData('coverage')
  expect(calls).toEqual(['take coverage', 'update coverage', 'clear coverage'])
})
