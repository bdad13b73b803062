import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../src/world/simulator/simulation.ts'
import { network, road } from '../../support/road-file.ts'
import { file, initial, scenarioOf, vehicle } from '../../support/scenario-file.ts'

const arc = '<geometry s="0" x="0" y="0" hdg="0" length="100"><arc curvature="0.01"/></geometry>'
const profile = (inside: string, elevation = '') =>
  `<elevationProfile>${elevation}</elevationProfile><lateralProfile>${inside}</lateralProfile>`
const cubic = (name: string, s: number, a: number, b = 0, more = '') =>
  `<${name} s="${s}" ${more} a="${a}" b="${b}" c="0" d="0"/>`
const read = (lateral: string, elevation = '', geometry = arc) =>
  network(road({ geometry, more: profile(lateral, elevation) }))

describe('roads that are not flat', () => {
  it('turns the t axis by the superelevation: places on a bank are nearer to the line on the ground [DRIVE-ROAD-04]', () => {
    const banked = read(cubic('superelevation', 0, 0.5))
    const pose = new Float64Array(4)
    banked.trackPose(0, 0, 10, pose)
    expect(pose[0]).toBeCloseTo(0, 12)
    expect(pose[1]).toBeCloseTo(10 * Math.cos(0.5), 12)
    expect(banked.heightAt(0, 0, 10)).toBeCloseTo(10 * Math.sin(0.5), 12)
    expect(banked.heightAt(0, 0, -10)).toBeCloseTo(-10 * Math.sin(0.5), 12)
  })

  it('moves a banked place back where the road climbs, as the axis is turned about a line that climbs [DRIVE-ROAD-04]', () => {
    const banked = read(cubic('superelevation', 0, 0.3), cubic('elevation', 0, 2, 0.2))
    const pose = new Float64Array(4)
    banked.trackPose(0, 0, 5, pose)
    const pitch = Math.atan(0.2)
    expect(pose[0]).toBeCloseTo(-5 * Math.sin(0.3) * Math.sin(pitch), 12)
    expect(pose[1]).toBeCloseTo(5 * Math.cos(0.3), 12)
    expect(banked.heightAt(0, 0, 5)).toBeCloseTo(2 + 5 * Math.sin(0.3) * Math.cos(pitch), 12)
  })

  it('falls outwards by the crossfall of each side, and has the height of its shapes, linear between two [DRIVE-ROAD-04]', () => {
    const falling = read(cubic('crossfall', 0, 0.1, 0, 'side="left"'))
    expect(falling.heightAt(0, 50, 4)).toBeCloseTo(-4 * Math.tan(0.1), 12)
    expect(falling.heightAt(0, 50, -4)).toBe(0)
    const shaped = read(
      cubic('shape', 0, 0, 0.1, 't="-4"') +
        cubic('shape', 0, 0.4, 0, 't="0"') +
        cubic('shape', 100, 1, 0, 't="-4"'),
    )
    expect(shaped.heightAt(0, 0, -2)).toBeCloseTo(0.2, 12)
    expect(shaped.heightAt(0, 0, 3)).toBeCloseTo(0.4, 12)
    expect(shaped.heightAt(0, 50, -2)).toBeCloseTo((0.2 + 1) / 2, 12)
  })

  it('keeps a level lane out of the superelevation', () => {
    const lanes =
      '<laneSection s="0"><center><lane id="0" type="none"/></center><right><lane id="-1" type="driving"><width sOffset="0" a="4" b="0" c="0" d="0"/></lane><lane id="-2" type="sidewalk" level="true"><width sOffset="0" a="2" b="0" c="0" d="0"/></lane></right></laneSection>'
    const roads = network(road({ lanes, more: profile(cubic('superelevation', 0, 0.1)) }))
    expect(roads.heightAt(0, 5, -6)).toBeCloseTo(roads.heightAt(0, 5, -4), 9)
  })

  it('finds the place again from where it lies on the ground [DRIVE-ROAD-04]', () => {
    const roads = read(
      cubic('superelevation', 0, 0.2, 0.002) + cubic('shape', 0, 0, 0.05, 't="-8"'),
      cubic('elevation', 0, 0, 0.05),
    )
    const pose = new Float64Array(4)
    const found = new Float64Array(2)
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 99, noNaN: true }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        (s, t) => {
          roads.trackPose(0, s, t, pose)
          roads.project(0, pose[0] as number, pose[1] as number, found)
          expect(Math.abs((found[0] as number) - s)).toBeLessThan(1e-6)
          expect(Math.abs((found[1] as number) - t)).toBeLessThan(1e-6)
        },
      ),
      { seed: 5 },
    )
  })

  it('lets an entity drive its way by t along a banked bend, and puts it where the bank has it [DRIVE-ROAD-04]', () => {
    const banked = network(
      road({
        length: 400,
        geometry: '<geometry s="0" x="0" y="0" hdg="0" length="400"><arc curvature="0.01"/></geometry>',
        more: profile(cubic('superelevation', 0, 0.5)),
      }),
    )
    const scenario = scenarioOf(file({ entities: vehicle('a'), init: initial('a', 10, 10) }))
    const simulation = new Simulation(scenario, banked)
    simulation.step(0)
    for (let step = 0; step < 100; step++) simulation.step(0.05)
    const s = 10 + 50 / (1 + 0.01 * 1.75)
    const radius = 100 + 1.75 * Math.cos(0.5)
    expect(simulation.world.s[0]).toBeCloseTo(s, 6)
    expect(simulation.world.x[0]).toBeCloseTo(radius * Math.sin(s / 100), 6)
    expect(simulation.world.y[0]).toBeCloseTo(100 - radius * Math.cos(s / 100), 6)
  })
})
