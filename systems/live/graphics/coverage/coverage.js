import { AirGraphic } from '../shared/air-graphic.js'
import { isNumber, percent, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').CoverageData} Data */

/** A chip: man or zone, how sure, and the scheme where one is named. */
export default class Coverage extends AirGraphic {
  /** @override */
  static needs = 'coverage'
  /** @override */
  static markup = `
    <div class="panel chip" data-in="down">
      <span class="label title">Coverage</span>
      <span class="main"><span class="word kind"></span><span class="figure sure"></span></span>
      <span class="second"><span class="scheme"></span><span class="small scheme-sure"></span></span>
    </div>`
  /** @override */
  static style = `
    .chip { left: 96px; top: 54px; min-width: 340px; padding: 16px 26px 20px; display: grid; gap: 8px; }
    .main { display: flex; gap: 28px; align-items: baseline; justify-content: space-between; font-size: 60px; line-height: 1; }
    .kind { letter-spacing: 0.02em; }
    .sure { font-weight: 500; }
    .second { display: flex; justify-content: space-between; align-items: baseline; gap: 28px; font-size: 34px; }
    .second[hidden] { display: none; }`

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    this.find('title').textContent = words(data.team) === '' ? 'Coverage' : `${words(data.team)} coverage`
    this.find('kind').textContent = data.coverage === 'man' ? 'MAN' : data.coverage === 'zone' ? 'ZONE' : '–'
    this.setText(this.find('sure'), isNumber(data.probability) ? percent(data.probability) : '', {
      isRolling: before !== null,
    })
    this.find('second').hidden = words(data.scheme) === ''
    this.find('scheme').textContent = words(data.scheme)
    this.find('scheme-sure').textContent = isNumber(data.schemeProbability)
      ? percent(data.schemeProbability)
      : ''
  }
}
