import { createRandom, mean, standardDeviation } from '@heavylift/core/math'
import { expect, test } from 'vitest'
import { drawVehicle, usualManner, usualMix, vehicleOf } from '../../../src/world/traffic/vehicle-mix.ts'
import { plainCar, ringTraffic } from './ring-traffic.ts'

test('the usual manner draws the vehicles that are drawn without one, and another scales what is usual [DRIVE-TRAFFIC-08]', () => {
  const [first, second] = [createRandom('mix'), createRandom('mix')]
  for (let i = 0; i < 50; i++)
    expect(drawVehicle(usualMix, first)).toEqual(drawVehicle(usualMix, second, usualManner))
  const manner = { ...usualManner, timeGapFactor: 0.5, timeGapSpread: 0, speedFactor: 1.2, speedSpread: 0 }
  expect(vehicleOf('car', first, manner)).toMatchObject({ timeGapS: 0.6, speedFactor: 1.2, standstillM: 2 })
})

test('drivers with errors keep speeds that waver, hit nobody, and do the same with the same seed [DRIVE-TRAFFIC-08]', () => {
  const speedsOf = (imperfectionMps2: number) => {
    const traffic = ringTraffic({
      lengthM: 1500,
      lanes: 1,
      count: 30,
      limitMps: 25,
      startMps: 15,
      setup: { ...plainCar, imperfectionMps2 },
    })
    const { state } = traffic
    const speeds: number[] = []
    let least = Infinity
    for (let step = 0; step < 2000; step++) {
      traffic.step(0.1)
      if (step > 1000 && step % 10 === 0) speeds.push(...state.v)
      for (let lane = 0; lane < state.graph.count; lane++)
        for (let slot = 1; slot < (state.laneCount[lane] as number); slot++) {
          const ahead = state.at(lane, slot)
          const gap = (state.s[ahead] as number) - (state.length[ahead] as number)
          least = Math.min(least, gap - (state.s[state.at(lane, slot - 1)] as number))
        }
    }
    expect(least).toBeGreaterThan(0)
    return speeds
  }
  const calm = speedsOf(0)
  const wavering = speedsOf(0.4)
  expect(standardDeviation(calm)).toBeLessThan(0.3)
  expect(standardDeviation(wavering)).toBeGreaterThan(0.5)
  expect(mean(wavering)).toBeGreaterThan(0.8 * mean(calm))
  expect(speedsOf(0.4)).toEqual(wavering)
})
