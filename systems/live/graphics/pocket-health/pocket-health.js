import { AirGraphic } from '../shared/air-graphic.js'
import { amount, isNumber, percent, surname, within, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').PocketHealthData} Data */

/** The pocket from 100 (whole) to 0 (gone), and how likely pressure is, with the rusher nearest in time. */
export default class PocketHealth extends AirGraphic {
  /** @override */
  static needs = 'health'
  /** @override */
  static markup = `
    <div class="panel meter" data-in="right">
      <div class="head"><span class="label">Pocket</span><span class="word state"></span></div>
      <div class="main"><span class="figure health"></span><span class="small quarterback name"></span><span class="time"></span></div>
      <div class="track"><i class="band"></i><i class="value"></i></div>
      <div class="threat"><span class="name"></span><span class="small">pressure</span><span class="figure"></span></div>
    </div>`
  /** @override */
  static style = `
    .meter { right: 96px; top: 54px; width: 440px; padding: 18px 24px 20px; }
    .head { display: flex; justify-content: space-between; align-items: center; }
    .state { font-size: 34px; }
    .main { display: grid; grid-template-columns: auto 1fr auto; align-items: baseline; gap: 16px; margin: 8px 0 12px; }
    .health { font-size: 92px; line-height: 1; min-width: 150px; }
    .time { font-size: 36px; font-weight: 650; }
    .track { height: 22px; }
    .track .band { background: rgb(255 255 255 / 38%); }
    .track .value { background: var(--tone, #fff); }
    .threat { display: grid; grid-template-columns: 1fr auto auto; align-items: baseline; gap: 16px; margin-top: 14px; font-size: 34px; }
    .threat[hidden] { display: none; }`

  /** @override @param {Partial<Data>} data */
  show(data) {
    const known = isNumber(data.health)
    const health = within(data.health, 0, 100, 100)
    const state = !known ? null : health >= 60 ? clean : health >= 30 ? closing : gone
    this.find('state').textContent = state?.word ?? ''
    this.find('state').className = `word state ${state?.tone ?? ''}`
    this.stage.style.setProperty('--tone', state ? `var(--${state.tone})` : '#fff')
    this.find('quarterback').textContent = surname(data.quarterback)
    this.find('time').textContent = isNumber(data.secondsLeft) ? `${amount(data.secondsLeft, 1)} s` : ''
    // Ten times a second: the figure snaps, the bar glides.
    this.setText(this.find('health'), known ? amount(health) : '–')
    const glide = { durationMs: 120, easing: 'linear' }
    this.motion.to(this.find('value'), { transform: `scaleX(${health / 100})` }, glide)
    this.motion.to(
      this.find('band'),
      { transform: `scaleX(${within(data.high, 0, 100, health) / 100})` },
      glide,
    )
    const threat = this.find('threat')
    threat.hidden = words(data.threat) === '' || !isNumber(data.threatProbability)
    const [name, figure] = [threat.querySelector('.name'), threat.querySelector('.figure')]
    if (name) name.textContent = surname(data.threat)
    if (figure) figure.textContent = percent(data.threatProbability)
  }
}

const clean = { word: '● Clean', tone: 'good' }
const closing = { word: '▲ Closing', tone: 'warn' }
const gone = { word: '■ Collapsing', tone: 'bad' }
