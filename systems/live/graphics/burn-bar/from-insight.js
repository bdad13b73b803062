import { isNumber } from '../shared/format.js'
import { gddColour } from '../shared/teams.js'

/** @typedef {{ number: string, driver: string, colour?: string, position: number, fuelLitres: number, low: number, high: number, capacityLitres: number, lapsToEmpty: number, lapsToEmptyLow: number, lapsToEmptyHigh: number, verdict: string, shortByLaps: number, stops: number, saveShare: number, pitFrom: number, pitTo: number }} BurnBarCar */
/** @typedef {{ title: string, lapsToGo?: number, flag: string, cars: BurnBarCar[] }} BurnBarData */

export const kinds = ['race.burn-bar']
/** What was said before still holds: a page that opens in mid-game starts with it. */
export const isStanding = true

/**
 * The field after one car's insight: its entry anew, cars in order of position. Values that the insight does not know stay away.
 * @param {BurnBarData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @returns {BurnBarData}
 */
export function fromInsight(before, insight) {
  const detail = /** @type {Record<string, any>} */ (insight.detail)
  const number = String(detail['number'] ?? insight.subject)
  const laps = detail['lapsToEmpty'] ?? {}
  const window = detail['pitWindow'] ?? {}
  const plan = detail['plan'] ?? {}
  const colour = gddColour(detail['colour'])
  const car = {
    number,
    driver: String(detail['driver'] ?? ''),
    ...(colour === null ? {} : { colour }),
    verdict: String(detail['verdict'] ?? ''),
    ...known({
      position: detail['position'],
      fuelLitres: detail['fuelLitres'],
      low: detail['low'],
      high: detail['high'],
      capacityLitres: detail['capacityLitres'],
      lapsToEmpty: laps.value,
      lapsToEmptyLow: laps.low,
      lapsToEmptyHigh: laps.high,
      shortByLaps: detail['shortByLaps'],
      stops: plan.stops,
      saveShare: plan.saveShare,
      pitFrom: window.from,
      pitTo: window.to,
    }),
  }
  const others = (before?.cars ?? []).filter((each) => each.number !== number)
  return {
    title: before?.title ?? 'Fuel',
    flag: String(detail['flag'] ?? before?.flag ?? ''),
    ...known({ lapsToGo: detail['lapsToGo'] ?? before?.lapsToGo }),
    cars: placed([...others, /** @type {BurnBarCar} */ (car)], detail['standing']),
  }
}

/**
 * Cars in one running order: that of the newest insight, so that no two are on one place though each was heard of at another
 * time. Without it each keeps the place that it was last said to be on.
 * @param {BurnBarCar[]} cars @param {unknown} standing @returns {BurnBarCar[]}
 */
function placed(cars, standing) {
  const order = Array.isArray(standing) ? standing.map(String) : []
  const inOrder = cars.map((car) => {
    const place = order.indexOf(car.number) + 1
    return place === 0 ? car : { ...car, position: place }
  })
  return inOrder.toSorted(
    (a, b) => (a.position ?? 999) - (b.position ?? 999) || a.number.localeCompare(b.number),
  )
}

/** @template {Record<string, unknown>} Fields @param {Fields} fields @returns {{ [Name in keyof Fields]: number }} */
function known(fields) {
  return /** @type {any} */ (
    Object.fromEntries(Object.entries(fields).filter(([, value]) => isNumber(value)))
  )
}
