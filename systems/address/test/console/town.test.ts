import { expect, test } from 'vitest'
import { projection, streetsOf } from '../../console/map/town.ts'

const spot = (address: string, latitude: number, longitude: number) => ({
  id: address,
  address,
  latitude,
  longitude,
})
const town = [
  spot('30 Oak St, Easton, VA', 41.03, -80.97),
  spot('10 Oak St Apt 2, Easton, VA', 41.01, -80.99),
  spot('20 N Oak St, Easton, VA', 41.02, -80.98),
  spot('7 Elm Ct, Easton, VA', 41, -81),
  spot('PO Box 5, Easton, VA', 41, -81),
]

test('streets emerge from houses in the order of their numbers [ADDRESS-MAP-01]', () => {
  const streets = streetsOf(town)
  expect(
    streets.map(({ name, places }) => [name, places.map(({ address }) => address.split(' ')[0])]),
  ).toEqual([
    ['OAK ST', ['10', '20', '30']],
    ['ELM CT', ['7']],
  ])
})

test('everything is on the map, north up and east right [ADDRESS-MAP-01]', () => {
  const place = projection(town, 600, 400)
  const points = town.map(place)
  for (const { x, y } of points) {
    expect(x).toBeGreaterThanOrEqual(20)
    expect(x).toBeLessThanOrEqual(580)
    expect(y).toBeGreaterThanOrEqual(20)
    expect(y).toBeLessThanOrEqual(380)
  }
  expect(points[0]!.y).toBeLessThan(points[3]!.y)
  expect(points[0]!.x).toBeGreaterThan(points[3]!.x)
  expect(Object.values(projection(town.slice(0, 1), 300, 200)(town[0]!)).every(Number.isFinite)).toBe(true)
})
