/** What stands where a value is not known. */
const unknown = '–'

/** @param {unknown} value @returns {value is number} */
export function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value)
}

/** @param {unknown} value @param {number} [digits] */
export function amount(value, digits = 0) {
  if (!isNumber(value)) return unknown
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** A share as a whole percentage; 0 and 100 only where it is so. @param {unknown} share 0..1 */
export function percent(share) {
  if (!isNumber(share)) return unknown
  if (share > 0 && share < 0.01) return '<1%'
  if (share < 1 && share > 0.99) return '>99%'
  return `${Math.round(share * 100)}%`
}

/**
 * A share and what is left of it, as whole percentages that make 100 together.
 * @param {unknown} share 0..1 @returns {[string, string]}
 */
export function percentPair(share) {
  if (!isNumber(share)) return [unknown, unknown]
  if (share < 0.01 || share > 0.99) return [percent(share), percent(1 - share)]
  const whole = Math.round(share * 100)
  return [`${whole}%`, `${100 - whole}%`]
}

/** `8–14`, or one number where both are alike or one is not known. @param {unknown} low @param {unknown} high @param {number} [digits] */
export function range(low, high, digits = 0) {
  const [from, to] = [amount(low, digits), amount(high, digits)]
  if (from === to || to === unknown) return from
  return from === unknown ? to : `${from}–${to}`
}

/** @param {unknown} value @param {number} low @param {number} high @param {number} otherwise */
export function within(value, low, high, otherwise) {
  return isNumber(value) ? Math.min(high, Math.max(low, value)) : otherwise
}

/** The last word of a name, as captions have it. @param {unknown} name */
export function surname(name) {
  return typeof name === 'string' ? (name.trim().split(/\s+/).at(-1) ?? '') : ''
}

/** @param {unknown} value */
export function words(value) {
  return typeof value === 'string' ? value : ''
}

/** `Q4 2:05`, `OT 4:10`; soccer: `67′`, `45+2′`; `Final` once it is over. @param {import('../../src/domain/insight.ts').Insight} insight */
export function gameClock({ sport, clocks: { game }, detail }) {
  if (detail['isOver'] === true) return 'Final'
  if (game === null || sport === 'race') return ''
  if (sport === 'soccer') return soccerClock(game)
  const period = game.period > 4 ? (game.period === 5 ? 'OT' : `OT${game.period - 4}`) : `Q${game.period}`
  const seconds = Math.max(0, Math.floor(game.secondsLeft))
  return `${period} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** @param {import('../../src/domain/clocks.ts').GameClock} game */
function soccerClock({ period, secondsLeft }) {
  if (period > 4) return 'Shoot-out'
  const end = [45, 90, 105, 120][period - 1] ?? 120
  return secondsLeft <= 0
    ? `${end}+${Math.max(1, Math.ceil(-secondsLeft / 60))}′`
    : `${end - Math.ceil(secondsLeft / 60) + 1}′`
}

/**
 * Share of the regular time that is over, 0 at the start; above 1 in overtime.
 * @param {import('../../src/domain/insight.ts').Insight} insight @returns {number | null}
 */
export function gameShare({ sport, clocks: { game } }) {
  if (game === null || sport === 'race') return null
  if (sport === 'soccer') {
    const end = [45, 90, 105, 120][game.period - 1] ?? 120
    // What is added to the first half is half-time.
    const minute = game.period === 1 ? Math.min(45, end - game.secondsLeft / 60) : end - game.secondsLeft / 60
    return Math.max(0, minute / 90)
  }
  const [periodSeconds, overtimeSeconds] = sport === 'nfl' ? [900, 600] : [720, 300]
  const over =
    game.period <= 4
      ? game.period * periodSeconds - game.secondsLeft
      : 4 * periodSeconds + (game.period - 4) * overtimeSeconds - game.secondsLeft
  return Math.max(0, over / (4 * periodSeconds))
}
