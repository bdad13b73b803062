import { AirGraphic } from '../shared/air-graphic.js'
import { colourOr, onGround } from '../shared/colour.js'
import { amount, isNumber, percent, range, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').EndOfGameData} Data */

/** What the side behind needs to win: scores, plays that are left for them, stops; each a tile, absent when unknown. */
export default class EndOfGame extends AirGraphic {
  /** @override */
  static needs = 'path'
  /** @override */
  static markup = `
    <div class="panel board" data-in="up">
      <div class="who"><span class="name team"></span><span class="small clock"></span></div>
      <div class="tiles">
        <div class="tile scores"><span class="figure"></span><span class="small"></span></div>
        <div class="tile plays"><span class="figure"></span><span class="small"></span></div>
        <div class="tile stops"><span class="figure"></span><span class="small"></span></div>
        <div class="tile wins"><span class="figure"></span><span class="small">to win</span></div>
      </div>
      <p class="path name"></p>
    </div>`
  /** @override */
  static style = `
    .board { left: 288px; right: 288px; bottom: 54px; border-left: 8px solid var(--colour); display: grid; grid-template-columns: auto 1fr; }
    .who { box-sizing: border-box; min-width: 270px; max-width: 440px; padding: 22px 24px; display: grid; align-content: center; gap: 10px; }
    .who .team { font-size: 60px; font-weight: 800; }
    .tiles { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; }
    .tile { padding: 20px 26px 18px; border-left: 2px solid var(--line); display: grid; gap: 6px; align-content: center; }
    .tile[hidden] { display: none; }
    .tile .figure { font-size: 72px; line-height: 1; }
    .tile .small { font-size: 30px; }
    .path { grid-column: 1 / -1; padding: 14px 24px 16px; font-size: 34px; font-weight: 550; border-top: 2px solid var(--line); }
    .path:empty { display: none; }`

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    this.stage.style.setProperty('--colour', onGround(colourOr(data.colour)))
    this.find('team').textContent = words(data.team)
    this.find('clock').textContent = words(data.clock)
    this.find('path').textContent = words(data.path)
    const isRolling = before !== null
    this.#tile(
      'scores',
      data.scoresNeeded,
      amount(data.scoresNeeded),
      plural(data.scoresNeeded, 'score') + ' needed',
      isRolling,
    )
    const spread = isNumber(data.playsLow) ? ` (${range(data.playsLow, data.playsHigh)})` : ''
    this.#tile('plays', data.playsLeft, `~${amount(data.playsLeft)}`, `plays left${spread}`, isRolling)
    this.#tile(
      'stops',
      data.stopsNeeded,
      amount(data.stopsNeeded),
      plural(data.stopsNeeded, 'stop') + ' needed',
      isRolling,
    )
    this.#tile('wins', data.winProbability, percent(data.winProbability), 'to win', isRolling)
  }

  /** @param {string} name @param {unknown} value @param {string} figure @param {string} words @param {boolean} isRolling */
  #tile(name, value, figure, words, isRolling) {
    const tile = this.find(name)
    tile.hidden = !isNumber(value)
    const [number, label] = [tile.querySelector('.figure'), tile.querySelector('.small')]
    if (number instanceof HTMLElement) this.setText(number, figure, { isRolling })
    if (label) label.textContent = words
  }
}

/** @param {unknown} count @param {string} word */
function plural(count, word) {
  return count === 1 ? word : `${word}s`
}
