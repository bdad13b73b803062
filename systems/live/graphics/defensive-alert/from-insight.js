import { isNumber, words } from '../shared/format.js'
import { colourOfSide } from '../shared/teams.js'
import { isCalledOut } from '../shared/called-out.js'

/** @typedef {{ name: string, jersey: string, x?: number, y?: number, probability: number }} Defender Place in yards: `x` from the left end line (0..120), `y` from the near sideline (0..53.3). */
/** @typedef {{ title: string, colour?: string, lineX?: number, defenders: Defender[], playId?: string }} DefensiveAlertData */

export const kinds = ['nfl.blitz']

/**
 * The defenders who are called out in the play that is about to be snapped, the likeliest rusher first; who is below the floor of
 * alerts is not, or no longer, among them. Another play clears the field.
 * @param {DefensiveAlertData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {DefensiveAlertData | null}
 */
export function fromInsight(before, insight, match) {
  if (insight.estimate.type !== 'probability') return before
  const { detail } = insight
  const playId = words(detail['playId']) || insight.occasion
  const same = before?.playId === playId ? before : null
  const [x, y, jersey, lineX] = [detail['x'], detail['y'], detail['jersey'], detail['lineOfScrimmageX']]
  const name = words(detail['name']) || insight.subject
  const defender = {
    name,
    jersey: typeof jersey === 'number' || typeof jersey === 'string' ? String(jersey) : '',
    ...(isNumber(x) && isNumber(y) ? { x, y } : {}),
    probability: insight.estimate.probability,
  }
  const key = (/** @type {Defender} */ each) => `${each.name}#${each.jersey}`
  return {
    title: 'Blitz alert',
    ...(same?.colour === undefined ? {} : { colour: same.colour }),
    ...colourOfSide(match, detail['side']),
    ...(isNumber(lineX) ? { lineX } : same?.lineX === undefined ? {} : { lineX: same.lineX }),
    defenders: [
      ...(same?.defenders ?? []).filter((each) => key(each) !== key(defender)),
      ...(isCalledOut(insight) ? [defender] : []),
    ].toSorted((a, b) => b.probability - a.probability || a.name.localeCompare(b.name)),
    playId,
  }
}
