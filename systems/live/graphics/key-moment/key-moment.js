import { AirGraphic } from '../shared/air-graphic.js'
import { colourOr, onGround } from '../shared/colour.js'
import { isNumber, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').KeyMomentData} Data */

/** A lower third: what happened in one sentence, and by how much it moved the game. */
export default class KeyMoment extends AirGraphic {
  /** @override */
  static needs = 'headline'
  /** @override */
  static markup = `
    <div class="panel third" data-in="left">
      <div class="text"><span class="head"><span class="label kicker"></span><span class="small clock"></span></span><p class="headline"></p></div>
      <div class="swing"><span class="figure points"></span><span class="small team"></span></div>
    </div>`
  /** @override */
  static style = `
    .third { left: 96px; bottom: 90px; min-width: 760px; max-width: 1500px; display: flex; border-left: 8px solid var(--colour); }
    .text { padding: 20px 32px 24px; display: grid; gap: 10px; flex: 1; min-width: 0; align-content: center; }
    .head { display: flex; gap: 20px; align-items: baseline; }
    .headline { font-size: 44px; line-height: 1.16; font-weight: 650; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; text-wrap: pretty; }
    .swing { padding: 20px 32px; border-left: 2px solid var(--line); display: grid; align-content: center; justify-items: end; gap: 6px; }
    .swing[hidden] { display: none; }
    .points { font-size: 68px; line-height: 1; }
    .swing .small { font-size: 30px; }`

  /** @override @param {Partial<Data>} data */
  show(data) {
    this.stage.style.setProperty('--colour', onGround(colourOr(data.colour)))
    this.find('kicker').textContent = words(data.kicker)
    this.find('clock').textContent = words(data.clock)
    this.find('headline').textContent = words(data.headline)
    this.find('swing').hidden = !isNumber(data.swing)
    // Of probability: points, not per cent of what it was.
    this.find('points').textContent = isNumber(data.swing) ? `+${Math.round(data.swing * 100)} pts` : ''
    this.find('team').textContent = words(data.team) === '' ? 'win chance' : `${words(data.team)} win chance`
  }
}
