import { AirGraphic } from '../shared/air-graphic.js'
import { chartPoints, stepPath } from '../shared/chart.js'
import { sideColours } from '../shared/colour.js'
import { amount, isNumber, percent, percentPair, within, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').WinProbabilityData} Data */

const chart = { width: 760, height: 150, low: 0, high: 1 }

/** Who wins, by how much: both figures, a bar between them, and the line of the game so far (home side upwards). Once it is over, the result. */
export default class WinProbability extends AirGraphic {
  /** @override */
  static needs = 'homeProbability'
  /** @override */
  static markup = `
    <div class="panel board" data-in="up">
      <div class="side"><span class="name home"></span><span class="figure home-figure"></span><span class="score home-score"></span></div>
      <div class="middle">
        <div class="head"><span class="label what">Win probability</span><span class="small draw"></span><span class="small clock"></span></div>
        <svg class="chart" viewBox="0 0 ${chart.width} ${chart.height}" preserveAspectRatio="none">
          <path class="half" d="M0 ${chart.height / 2}H${chart.width}" />
          <path class="area" /><path class="line" />
        </svg>
        <i class="dot"></i>
        <div class="track"><i class="share level"></i><i class="share wins"></i></div>
      </div>
      <div class="side right"><span class="name away"></span><span class="figure away-figure"></span><span class="score away-score"></span></div>
    </div>`
  /** @override */
  static style = `
    .board { left: 288px; right: 288px; bottom: 54px; height: 252px; display: grid; grid-template-columns: 1fr ${chart.width}px 1fr; }
    .side { padding: 24px 20px 20px; display: flex; flex-direction: column; gap: 6px; border-left: 8px solid var(--home); min-width: 0; }
    .right { border-left: 0; border-right: 8px solid var(--away); align-items: flex-end; text-align: right; }
    .side .name { font-size: 40px; font-weight: 750; max-width: 100%; }
    .side .figure { font-size: 76px; line-height: 1; }
    .side .score { font-size: 34px; color: var(--soft); margin-top: auto; }
    .middle { position: relative; padding: 14px 0; }
    .head { display: flex; justify-content: space-between; height: 36px; align-items: center; }
    svg { display: block; width: ${chart.width}px; height: ${chart.height}px; overflow: visible; }
    .half { stroke: rgb(255 255 255 / 35%); stroke-width: 2; stroke-dasharray: 8 8; }
    .line { stroke: #fff; stroke-width: 4; fill: none; stroke-linejoin: round; }
    .area { fill: var(--home); opacity: 0.34; }
    .dot { position: absolute; left: -9px; top: 41px; width: 18px; height: 18px; border-radius: 50%; background: #fff; box-shadow: 0 0 0 5px rgb(13 18 28 / 80%); }
    .track { height: 16px; margin-top: 10px; background: var(--away); border-radius: 0; }
    .track > .share { background: var(--home); border-right: 0; }
    .track > .level { background: #9aa3b2; }`

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    const colours = sideColours(data.homeColour, data.awayColour)
    this.stage.style.setProperty('--home', colours.home)
    this.stage.style.setProperty('--away', colours.away)
    const home = isNumber(data.homeProbability) ? within(data.homeProbability, 0, 1, 0) : null
    this.find('home').textContent = words(data.home)
    this.find('away').textContent = words(data.away)
    this.find('clock').textContent = words(data.clock)
    const isRolling = before !== null
    const level = isNumber(data.drawProbability) ? within(data.drawProbability, 0, 1 - (home ?? 0), 0) : null
    const isOver = data.isOver === true && isNumber(data.homeScore) && isNumber(data.awayScore)
    this.find('what').textContent = isOver ? 'Result' : 'Win probability'
    const [homeFigure, awayFigure] = isOver
      ? [amount(data.homeScore), amount(data.awayScore)]
      : level === null || home === null
        ? percentPair(home)
        : [percent(home), percent(1 - home - level)]
    this.find('draw').textContent = level === null || isOver ? '' : `Draw ${percent(level)}`
    this.setText(this.find('home-figure'), homeFigure, { isRolling })
    this.setText(this.find('away-figure'), awayFigure, { isRolling })
    this.find('home-score').textContent = isNumber(data.homeScore) && !isOver ? amount(data.homeScore) : ''
    this.find('away-score').textContent = isNumber(data.awayScore) && !isOver ? amount(data.awayScore) : ''
    this.motion.to(this.find('wins'), { transform: `scaleX(${home ?? 0.5})` }, { durationMs: 700 })
    this.motion.to(
      this.find('level'),
      { transform: `scaleX(${level === null ? 0 : (home ?? 0) + level})` },
      { durationMs: 700 },
    )
    this.#draw(chartPoints(data.line, 'home'))
  }

  /** @param {import('../shared/chart.js').ChartPoint[]} points */
  #draw(points) {
    const { path, endX, endY } = stepPath(points, chart)
    const half = chart.height / 2
    const area = points.length > 1 ? `${path}V${half}H${path.slice(1).split(' ')[0]}Z` : ''
    this.#path('line', path)
    this.#path('area', area)
    this.motion.to(this.find('dot'), {
      transform: `translate(${endX}px, ${endY + 6}px)`,
      opacity: points.length > 0 ? '1' : '0',
    })
  }

  /** @param {string} name @param {string} path */
  #path(name, path) {
    this.stage.querySelector(`path.${name}`)?.setAttribute('d', path)
  }
}
