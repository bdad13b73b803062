import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataField } from '../../src/graphics/graphics-schemas.ts'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { openHost } from './ograf-host.ts'
import type { OgrafHost } from './ograf-host.ts'
import type { Painted } from './painted.ts'
import { startStaticServer } from './static-server.ts'
import type { TestServer } from './static-server.ts'

let server: TestServer
let browser: Browser
let host: OgrafHost
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startStaticServer(), launchBrowser()])
  host = await openHost(browser)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const graphics = await listGraphics()
const titleSafe = { left: 96, top: 54, right: 1824, bottom: 1026 }
const nothing = { pixels: 0 }

function expectTitleSafe(painted: Painted): void {
  // A pixel of the small picture covers four, and one that is half covered counts.
  expect(painted.left).toBeGreaterThanOrEqual(titleSafe.left - 4)
  expect(painted.top).toBeGreaterThanOrEqual(titleSafe.top - 4)
  expect(painted.right).toBeLessThanOrEqual(titleSafe.right + 4)
  expect(painted.bottom).toBeLessThanOrEqual(titleSafe.bottom + 4)
}

/** What a form sends that nobody filled in. */
function emptyOf(properties: Record<string, DataField>): Record<string, unknown> {
  const blank = { array: [], string: '' } as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, { type }]) => (type in blank ? [[name, blank[type]]] : [])),
  )
}

describe.each(graphics)('$id in a renderer', ({ id, manifest }) => {
  const manifestUrl = () => `${server.address}/live/graphics/${id}/${id}.ograf.json`
  const sample = manifest.schema.examples[0] ?? {}

  test('paints nothing before play, stays title-safe on air, and leaves no pixel after stop [LIVE-GRAPHICS-02]', async () => {
    await host.load(manifestUrl(), { data: sample, reducedMotion: 'reduce' })
    expect(await host.painted()).toMatchObject(nothing)
    for (let step = 0; step < (manifest.stepCount ?? 1); step++) {
      expect(await host.call('playAction', {})).toEqual({ statusCode: 200, currentStep: step })
      const painted = await host.painted()
      expect(painted.pixels).toBeGreaterThan(300)
      // Most of the picture belongs to the programme.
      expect(painted.pixels).toBeLessThan((480 * 270) / 2)
      expectTitleSafe(painted)
    }
    expect(await host.call('updateAction', { data: sample })).toEqual({ statusCode: 200 })
    const action = { id: 'unheard-of', payload: null }
    expect(await host.call('customAction', action)).toMatchObject({ statusCode: 400 })
    expect(await host.call('stopAction', {})).toEqual({ statusCode: 200 })
    expect(await host.painted()).toMatchObject(nothing)
    await host.call('playAction', { skipAnimation: true })
    // Past the last step is the end, as after a stop; there is no current step then.
    expect(await host.call('playAction', { delta: 99, skipAnimation: true })).toEqual({ statusCode: 200 })
    expect(await host.painted()).toMatchObject(nothing)
    expect(await host.call('dispose', {})).toEqual({ statusCode: 200 })
    expect(host.problems).toEqual([])
  })

  test('shows its defaults where another controller puts them in, and nothing when empty [LIVE-GRAPHICS-09]', async () => {
    const defaults = Object.fromEntries(
      Object.entries(manifest.schema.properties).flatMap(([name, field]) =>
        field.default === undefined ? [] : [[name, field.default]],
      ),
    )
    await host.load(manifestUrl(), { data: defaults, reducedMotion: 'reduce' })
    await host.call('playAction', { skipAnimation: true })
    expect((await host.painted()).pixels).toBeGreaterThan(300)
    for (const empty of [{}, emptyOf(manifest.schema.properties)]) {
      await host.load(manifestUrl(), { data: empty, reducedMotion: 'reduce' })
      await host.call('playAction', { skipAnimation: true })
      expect(await host.painted()).toMatchObject(nothing)
      await host.call('updateAction', { data: sample, skipAnimation: true })
      expect((await host.painted()).pixels).toBeGreaterThan(300)
    }
    expect(host.problems).toEqual([])
  })

  test('plays with no data and with data of other types [LIVE-GRAPHICS-03]', async () => {
    const wrong = Object.fromEntries(Object.keys(manifest.schema.properties).map((name) => [name, null]))
    for (const data of [{}, wrong]) {
      await host.load(manifestUrl(), { data })
      expect(await host.call('playAction', { skipAnimation: true })).toMatchObject({ statusCode: 200 })
      const update = { data: sample, skipAnimation: true }
      expect(await host.call('updateAction', update)).toEqual({ statusCode: 200 })
      expect(host.problems).toEqual([])
    }
    expectTitleSafe(await host.painted())
  })

  test('shows the same picture at the same time of a schedule, whatever came before [LIVE-GRAPHICS-04]', async () => {
    await host.load(manifestUrl(), { data: sample, renderType: 'non-realtime' })
    await host.call('setActionsSchedule', {
      schedule: [
        { timestamp: 1_000, action: { type: 'playAction', params: {} } },
        { timestamp: 4_000, action: { type: 'stopAction', params: {} } },
      ],
    })
    const at = async (timestamp: number) => {
      expect(await host.call('goToTime', { timestamp })).toEqual({ statusCode: 200 })
      return host.painted()
    }
    const coming = await at(1_150)
    const onAir = await at(3_000)
    expect(onAir.pixels).toBeGreaterThan(300)
    expect(coming).not.toEqual(onAir)
    expect(await at(5_000)).toMatchObject(nothing)
    expect(await at(500)).toMatchObject(nothing)
    expect(await at(1_150)).toEqual(coming)
  })
})

test('a tower holds 20 cars in one column and 40 in two, title-safe, and leaves two thirds of the picture [LIVE-GRAPHICS-02] [LIVE-BURN-01]', async () => {
  const cars = Array.from({ length: 40 }, (_, index) => ({
    number: String(index + 1),
    driver: `Driver Longname${index}`,
    position: index + 1,
    fuelLitres: 60 - index,
    low: 58 - index,
    high: 62 - index,
    capacityLitres: 75,
    lapsToEmpty: 50 - index,
    verdict: index % 2 === 0 ? 'makes-it' : 'short',
  }))
  const url = `${server.address}/live/graphics/burn-bar/burn-bar.ograf.json`
  await host.load(url, { data: { cars: cars.slice(0, 20) } })
  await host.call('playAction', { skipAnimation: true })
  const one = await host.painted()
  expectTitleSafe(one)
  expect(one.right).toBeLessThanOrEqual(640)
  await host.call('updateAction', { data: { cars }, skipAnimation: true })
  const two = await host.painted()
  expectTitleSafe(two)
  expect(two.right).toBeLessThanOrEqual(640)
})

test('a changed figure is at once the one that was sent, never one between [LIVE-GRAPHICS-05]', async () => {
  const manifestUrl = `${server.address}/live/graphics/burn-bar/burn-bar.ograf.json`
  const car = { number: '7', fuelLitres: 30, capacityLitres: 60, lapsToEmpty: 30 }
  await host.load(manifestUrl, { data: { cars: [car] } })
  await host.call('playAction', { skipAnimation: true })
  const texts = await host.page.evaluate(
    async (data) => {
      const graphic = document.querySelector('#graphic') as unknown as HTMLElement & {
        updateAction(params: unknown): Promise<unknown>
      }
      const value = () => graphic.shadowRoot?.querySelector('.value')
      const seen = new Set<string>()
      let isDone = false
      const update = graphic.updateAction({ data }).then(() => (isDone = true))
      while (!isDone) {
        for (const part of value()?.querySelectorAll('span') ?? []) seen.add(part.textContent ?? '')
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      await update
      return { seen: [...seen].toSorted(), end: value()?.querySelector('.new')?.textContent }
    },
    { cars: [{ ...car, lapsToEmpty: 12.5 }] },
  )
  expect(texts).toEqual({ seen: ['12.5', '30.0'], end: '12.5' })
})
