import { AirGraphic } from '../shared/air-graphic.js'
import { sideColours } from '../shared/colour.js'
import { amount, isNumber, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').ScoreBugData} Data */

/** Score and clock in the corner, the home side first; in soccer the expected goals below. */
export default class ScoreBug extends AirGraphic {
  /** @override */
  static needs = 'homeScore'
  /** @override */
  static markup = `
    <div class="panel bug" data-in="down">
      <div class="row">
        <i class="stripe left"></i><span class="name home"></span><span class="figure home-score"></span>
        <span class="figure away-score"></span><span class="name away"></span><i class="stripe right"></i>
        <span class="clock"></span>
      </div>
      <div class="xg"><span class="small home-xg"></span><span class="label">expected goals</span><span class="small away-xg"></span></div>
    </div>`
  /** @override */
  static style = `
    .bug { left: 96px; top: 54px; min-width: 470px; }
    .row { display: flex; align-items: center; height: 68px; gap: 16px; }
    .stripe { width: 10px; align-self: stretch; }
    .left { background: var(--home); } .right { background: var(--away); }
    .name { font-size: 36px; font-weight: 700; }
    .row .figure { font-size: 46px; min-width: 34px; text-align: center; }
    .clock { font-size: 34px; font-weight: 600; padding: 0 20px 0 4px; color: var(--soft); margin-left: auto; white-space: nowrap; }
    .xg { display: flex; justify-content: space-between; gap: 18px; padding: 6px 20px 10px; border-top: 2px solid var(--line); }
    .xg[hidden] { display: none; }
    .xg .small { font-size: 32px; color: #fff; }`

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    const colours = sideColours(data.homeColour, data.awayColour)
    this.stage.style.setProperty('--home', colours.home)
    this.stage.style.setProperty('--away', colours.away)
    this.find('home').textContent = words(data.home)
    this.find('away').textContent = words(data.away)
    this.find('clock').textContent = words(data.clock)
    const isRolling = before !== null
    this.setText(this.find('home-score'), amount(data.homeScore), { isRolling })
    this.setText(this.find('away-score'), amount(data.awayScore), { isRolling })
    this.find('xg').hidden = !isNumber(data.homeXg) || !isNumber(data.awayXg)
    this.find('home-xg').textContent = isNumber(data.homeXg) ? amount(data.homeXg, 2) : ''
    this.find('away-xg').textContent = isNumber(data.awayXg) ? amount(data.awayXg, 2) : ''
  }
}
