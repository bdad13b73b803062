import { AirGraphic, span } from '../shared/air-graphic.js'
import { colourOr, onGround, textOn } from '../shared/colour.js'
import { isNumber, percent, surname, within, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').Defender} Defender */
/** @typedef {import('./from-insight.js').DefensiveAlertData} Data */

const alertFrom = 0.5
const listed = 3
/** Yards of field in the map: along it around the line of scrimmage, and across. */
const mapYards = { along: 30, across: 53.3 }
const map = { width: 620, height: 460 }
const listHeight = 300

/**
 * Who is likely to come, before the snap: a map with a ring round each defender, the fuller the likelier, and the three
 * likeliest by name. From 50 % on a ring is red and marked.
 */
export default class DefensiveAlert extends AirGraphic {
  /** @override */
  static needs = 'defenders'
  /** @override */
  static markup = `
    <div class="panel alert" data-in="left">
      <header><span class="word title"></span><span class="small">chance to rush</span></header>
      <ol class="list"></ol>
    </div>
    <div class="panel field" data-in="right"><div class="marks"></div><i class="scrimmage"></i><div class="dots"></div></div>`
  /** @override */
  static style = `
    .alert { left: 96px; bottom: 54px; width: 660px; height: ${listHeight}px; border-left: 8px solid var(--colour); }
    header { height: 66px; padding: 0 28px; display: flex; justify-content: space-between; align-items: center; border-bottom: 2px solid var(--line); }
    .title { font-size: 36px; }
    .list { list-style: none; padding: 8px 28px; }
    .list li { height: 70px; display: grid; grid-template-columns: 74px 1fr 190px 104px; gap: 16px; align-items: center; font-size: 40px; }
    .jersey { font-weight: 800; text-align: center; border-radius: 4px; line-height: 48px; background: var(--colour); color: var(--on-colour); }
    .list .track { height: 16px; }
    .list .track > i { background: var(--tone, #fff); }
    .list .figure { text-align: right; }
    .coming { --tone: var(--bad); }
    .coming .figure { color: var(--bad); }
    .field { left: 780px; bottom: 54px; width: ${map.width}px; height: ${map.height}px; }
    .marks { position: absolute; inset: 0; background: repeating-linear-gradient(90deg, rgb(255 255 255 / 20%) 0 2px, transparent 2px ${map.width / 6}px); }
    .scrimmage { position: absolute; top: 0; bottom: 0; left: ${map.width / 2 - 2}px; width: 4px; background: #ffd84a; }
    .dot { position: absolute; left: -25px; top: -25px; width: 50px; height: 50px; border-radius: 50%; display: grid; place-items: center;
      background: conic-gradient(var(--ring) var(--share), rgb(255 255 255 / 22%) 0); font-size: 24px; font-weight: 800; }
    .dot > span { width: 38px; height: 38px; border-radius: 50%; display: grid; place-items: center; background: var(--ground); }
    .dot { --ring: #fff; } .dot.coming { --ring: var(--bad); }
    .dot.coming > span { background: var(--bad); color: var(--ground); }`

  #dots = /** @type {Map<string, HTMLElement>} */ (new Map())

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    if (before === null) this.#dots.clear()
    const colour = onGround(colourOr(data.colour))
    this.stage.style.setProperty('--colour', colour)
    this.stage.style.setProperty('--on-colour', textOn(colour))
    this.find('title').textContent = words(data.title) || 'Blitz alert'
    const defenders = (Array.isArray(data.defenders) ? data.defenders : [])
      .filter((each) => isNumber(each?.probability))
      .toSorted((a, b) => b.probability - a.probability)
    this.#list(defenders.slice(0, listed), before !== null)
    this.#map(
      defenders.filter(({ x, y }) => isNumber(x) && isNumber(y)),
      data.lineX,
    )
  }

  /** @param {Defender[]} defenders @param {boolean} isRolling */
  #list(defenders, isRolling) {
    const list = this.find('list')
    while (list.children.length > defenders.length) list.lastElementChild?.remove()
    defenders.forEach((defender, index) => {
      const row = list.children[index] ?? list.appendChild(makeRow())
      if (!(row instanceof HTMLElement)) return
      const isOther = row.dataset['who'] !== who(defender)
      row.dataset['who'] = who(defender)
      row.classList.toggle('coming', defender.probability >= alertFrom)
      const [jersey, name, track, figure] = row.children
      if (jersey) jersey.textContent = words(defender.jersey)
      if (name) name.textContent = surname(defender.name)
      const bar = track?.firstElementChild
      if (bar instanceof HTMLElement) {
        this.motion.to(
          bar,
          { transform: `scaleX(${within(defender.probability, 0, 1, 0)})` },
          { durationMs: 240 },
        )
      }
      if (figure instanceof HTMLElement) {
        // Another name on the line is another figure, not a change of this one.
        this.setText(figure, percent(defender.probability), { isRolling: isRolling && !isOther })
      }
    })
  }

  /** @param {Defender[]} defenders @param {number | undefined} lineX */
  #map(defenders, lineX) {
    this.find('field').hidden = defenders.length === 0
    const xs = defenders.map(({ x }) => x ?? 0)
    const middle = isNumber(lineX) ? lineX : (Math.min(...xs) + Math.max(...xs)) / 2
    this.find('scrimmage').hidden = !isNumber(lineX)
    const keep = new Set(defenders.map(who))
    for (const [key, dot] of this.#dots) {
      if (keep.has(key)) continue
      dot.remove()
      this.#dots.delete(key)
    }
    for (const defender of defenders) {
      let dot = this.#dots.get(who(defender))
      const isNew = dot === undefined
      dot ??= makeDot()
      this.#dots.set(who(defender), dot)
      if (isNew) this.find('dots').append(dot)
      dot.classList.toggle('coming', defender.probability >= alertFrom)
      dot.style.setProperty('--share', `${Math.round(within(defender.probability, 0, 1, 0) * 100)}%`)
      if (dot.firstElementChild) dot.firstElementChild.textContent = words(defender.jersey)
      const left = map.width / 2 + (((defender.x ?? 0) - middle) / mapYards.along) * map.width
      const top = map.height - ((defender.y ?? 0) / mapYards.across) * map.height
      const transform = `translate(${Math.round(within(left, 28, map.width - 28, 0))}px, ${Math.round(within(top, 28, map.height - 28, 0))}px)`
      if (isNew) this.motion.set(dot, { transform })
      else this.motion.to(dot, { transform }, { durationMs: 120, easing: 'linear' })
    }
  }
}

/** @param {Defender} defender */
function who({ name, jersey }) {
  return `${words(name)}#${words(jersey)}`
}

function makeRow() {
  const row = document.createElement('li')
  const track = span('track', '')
  track.append(document.createElement('i'))
  row.append(span('jersey', ''), span('name', ''), track, span('figure', ''))
  return row
}

function makeDot() {
  const dot = span('dot', '')
  dot.append(span('', ''))
  return dot
}
