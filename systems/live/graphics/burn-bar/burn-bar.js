import { AirGraphic, span } from '../shared/air-graphic.js'
import { colourOr, onGround, textOn } from '../shared/colour.js'
import { amount, isNumber, range, surname, within, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').BurnBarCar} Car */
/** @typedef {import('./from-insight.js').BurnBarData} Data */

const mostCards = 3
const rowsInColumn = 20
const head = 64

const nothing = { tone: '', mark: '', word: '', aim: '', short: '' }
/** Drivers save up to about a tenth; more is no choice. */
const mostSaved = 0.1

/**
 * What a car's fuel means for the end, as shape, colour and word, so that none has to be told apart by colour: who makes it, who
 * must save and how much (and what for), who stops. `short` is for a column of the tower.
 * @param {Car} car @returns {{ tone: string, mark: string, word: string, aim: string, short: string }}
 */
function meaningOf(car) {
  const percent =
    isNumber(car.saveShare) && car.saveShare <= mostSaved ? Math.max(1, Math.round(100 * car.saveShare)) : 0
  if (car.verdict === 'makes-it')
    return { ...nothing, tone: 'good', mark: '●', word: 'Makes it', short: 'OK' }
  if (percent > 0) {
    const aim = isNumber(car.stops) && car.stops > 1 ? `for ${stopWords(car.stops - 1)}` : 'to make it'
    return { tone: 'warn', mark: '▲', word: `Save ${percent} %`, aim, short: `−${percent} %` }
  }
  if (car.verdict === 'close') return { ...nothing, tone: 'warn', mark: '▲', word: 'Close', short: 'edge' }
  if (car.verdict !== 'short') return nothing
  if (isNumber(car.stops) && car.stops > 0) {
    const isLast = car.stops === 1
    // Everybody stops in mid-race; the last one decides.
    return {
      ...nothing,
      tone: isLast ? 'bad' : '',
      mark: isLast ? '■' : '',
      word: stopWords(car.stops),
      short: isLast ? 'stop' : stopWords(car.stops),
    }
  }
  const by = isNumber(car.shortByLaps) ? ` by ${amount(car.shortByLaps, 1)}` : ''
  return { ...nothing, tone: 'bad', mark: '■', word: `Short${by}`, short: 'short' }
}

/** @param {number} stops */
function stopWords(stops) {
  return stops === 1 ? '1 stop' : `${stops} stops`
}

/**
 * Fuel of cars: up to three as cards with every figure, more as a tower on the left third, the whole field of 40 as two narrow
 * ones side by side there, so that two thirds of the picture stay free. The bar shows the fuel left of the tank, its lighter end
 * the range it may lie in. Step 0 shows laps to empty, step 1 the pit window.
 */
export default class BurnBar extends AirGraphic {
  /** @override */
  static stepCount = 2
  /** @override */
  static needs = 'cars'
  /** @override */
  static markup = `
    <div class="panel column first" data-in="left"><header><span class="label title"></span><span class="small go"></span></header><div class="rows"></div></div>
    <div class="panel column second" data-in="left"><header><span class="label title"></span><span class="small go"></span></header><div class="rows"></div></div>
    <div class="cards"></div>`
  /** @override */
  static style = `
    .column { top: 54px; left: 96px; width: 520px; }
    .narrow { width: 264px; }
    .second { left: 372px; }
    .column header { height: ${head}px; padding: 0 14px; display: flex; align-items: center; justify-content: space-between; border-bottom: 2px solid var(--line); white-space: nowrap; }
    .rows { position: relative; }
    .row { position: absolute; left: 0; right: 0; top: 0; height: var(--row); padding: 0 10px 6px 6px; display: grid;
      grid-template-columns: 40px 62px 1fr 84px 124px; gap: 8px; align-items: center; font-size: 32px; }
    .narrow .row { grid-template-columns: 30px 44px 72px 100px; gap: 4px; padding: 0 2px 5px 2px; }
    .narrow .row .position { font-size: 22px; } .narrow .row .number { font-size: 28px; }
    .narrow .row .name { display: none; }
    .row .position { color: var(--soft); font-size: 26px; text-align: right; font-weight: 500; white-space: nowrap; }
    .row .number, .card .number { font-weight: 800; text-align: center; border-radius: 4px; line-height: 36px; box-shadow: inset 0 0 0 1px rgb(255 255 255 / 22%); }
    .row .name { font-size: 29px; font-weight: 550; }
    .row .track { position: absolute; left: 0; right: 0; bottom: 0; height: 5px; border-radius: 0; }
    .row .value { text-align: right; }
    .row .word { font-size: 29px; }
    .narrow .row .word { font-size: 24px; }
    .second .title { display: none; } .narrow .go { font-size: 24px; }
    .first.narrow .go { display: none; }
    .row.lit { background: rgb(255 255 255 / 13%); }
    .track > .band { background: rgb(255 255 255 / 38%); }
    .track > .low { background: var(--tone, #fff); }
    .tone-good { --tone: var(--good); } .tone-warn { --tone: var(--warn); } .tone-bad { --tone: var(--bad); }
    .cards { position: absolute; left: 96px; right: 96px; bottom: 54px; display: flex; gap: 24px; }
    .card { position: relative; width: 560px; padding: 18px 24px 20px; border-top: 6px solid var(--colour); }
    .card .who { display: flex; gap: 16px; align-items: center; font-size: 38px; }
    .card .number { min-width: 72px; padding: 0 10px; line-height: 46px; }
    .card .who .name { flex: 1; }
    .card .track { height: 22px; margin: 18px 0 14px; }
    .card .facts { display: flex; justify-content: space-between; align-items: baseline; margin-top: 6px; }
    .card .value { font-size: 60px; line-height: 1; }
    .card .unit { margin-left: 10px; }
    .card .word { font-size: 38px; }`

  #step = 0
  #lit = ''
  #rows = /** @type {Map<string, HTMLElement>} */ (new Map())
  #data = /** @type {Data | null} */ (null)

  /** @override @param {Partial<Data>} data @param {unknown} before */
  show(data, before) {
    if (before === null) this.#rows.clear()
    const cars = (data.cars ?? []).slice(0, rowsInColumn * 2)
    this.#data = { title: 'Fuel', flag: '', ...data, cars }
    const isCards = cars.length <= mostCards
    for (const title of this.stage.querySelectorAll('.title')) {
      title.textContent = `${this.#data.title} · ${this.#step === 1 ? 'pit lap' : 'laps left'}`
    }
    for (const go of this.stage.querySelectorAll('.go')) {
      go.textContent = isNumber(data.lapsToGo) ? `${amount(data.lapsToGo)} to go` : ''
    }
    const isNarrow = cars.length > rowsInColumn
    for (const column of ['first', 'second']) this.find(column).classList.toggle('narrow', isNarrow)
    this.find('first').hidden = isCards
    this.find('second').hidden = cars.length <= rowsInColumn
    this.find('cards').hidden = !isCards
    const rowHeight = cars.length > 12 ? 45 : 58
    const keep = new Set(cars.map((car) => `${isCards}${car.number}`))
    for (const [key, row] of this.#rows) {
      if (keep.has(key)) continue
      row.remove()
      this.#rows.delete(key)
    }
    cars.forEach((car, index) => {
      const key = `${isCards}${car.number}`
      let row = this.#rows.get(key)
      const isNew = row === undefined
      row ??= isCards ? makeCard() : makeRow()
      this.#rows.set(key, row)
      if (isCards) {
        if (isNew) this.find('cards').append(row)
        row.style.order = String(index)
        this.#fillCard(row, car)
      } else {
        const column = index < rowsInColumn ? this.find('first') : this.find('second')
        const rows = column.querySelector('.rows')
        if (row.parentElement !== rows) rows?.append(row)
        row.style.setProperty('--row', `${rowHeight}px`)
        const transform = `translateY(${(index % rowsInColumn) * rowHeight}px)`
        if (isNew) this.motion.set(row, { transform })
        else if (row.style.transform !== transform) this.motion.to(row, { transform }, { durationMs: 500 })
        this.#fillRow(row, car)
      }
    })
    const inFirst = Math.min(cars.length, rowsInColumn)
    this.#height('first', inFirst * rowHeight)
    this.#height('second', (cars.length - inFirst) * rowHeight)
    this.#light()
  }

  /** @override @param {number} step */
  showStep(step) {
    this.#step = step
    if (this.#data) this.show(this.#data, undefined)
  }

  /** @override @param {string} id @param {{ number?: unknown }} payload */
  act(id, payload) {
    if (id !== 'highlight') return false
    this.#lit = words(payload?.number)
    this.#light()
    return true
  }

  #light() {
    for (const [key, row] of this.#rows)
      row.classList.toggle('lit', this.#lit !== '' && key.endsWith(`e${this.#lit}`))
  }

  /** @param {string} name @param {number} rows */
  #height(name, rows) {
    const element = this.find(name).querySelector('.rows')
    if (element instanceof HTMLElement) element.style.height = `${rows}px`
  }

  /** @param {HTMLElement} row @param {Car} car */
  #fillRow(row, car) {
    const meaning = meaningOf(car)
    this.#fillBar(row, car, meaning.tone)
    text(row, '.position').textContent = isNumber(car.position) ? String(car.position) : ''
    text(row, '.name').textContent = surname(car.driver)
    text(row, '.word').textContent = `${meaning.mark} ${meaning.short}`.trim()
    text(row, '.word').className = `word ${meaning.tone}`
    const value = this.#step === 1 ? pitWindow(car) : amount(car.lapsToEmpty, 1)
    this.setText(text(row, '.value'), value, { isRolling: true })
  }

  /** @param {HTMLElement} card @param {Car} car */
  #fillCard(card, car) {
    const meaning = meaningOf(car)
    card.style.setProperty('--colour', onGround(colourOr(car.colour)))
    this.#fillBar(card, car, meaning.tone)
    text(card, '.name').textContent = words(car.driver)
    text(card, '.position').textContent = isNumber(car.position) ? `P${car.position}` : ''
    text(card, '.word').textContent = `${meaning.mark} ${meaning.word}`.trim()
    text(card, '.word').className = `word ${meaning.tone}`
    this.setText(text(card, '.value'), amount(car.lapsToEmpty, 1), { isRolling: true })
    const spread = isNumber(car.lapsToEmptyLow)
      ? `, ${range(car.lapsToEmptyLow, car.lapsToEmptyHigh, 1)}`
      : ''
    text(card, '.spread').textContent = `to empty${spread}`
    const window = isNumber(car.pitFrom) ? `Pit lap ${pitWindow(car)}` : ''
    text(card, '.window').textContent = meaning.aim || window
  }

  /** @param {HTMLElement} at @param {Car} car @param {string} tone */
  #fillBar(at, car, tone) {
    const number = text(at, '.number')
    const colour = colourOr(car.colour)
    number.textContent = car.number
    number.style.background = colour
    number.style.color = textOn(colour)
    const track = text(at, '.track')
    track.className = `track tone-${tone}`
    const share = (/** @type {number} */ litres) =>
      isNumber(car.capacityLitres) && car.capacityLitres > 0
        ? within(litres / car.capacityLitres, 0, 1, 0)
        : 0
    const low = isNumber(car.low) ? car.low : car.fuelLitres
    const high = isNumber(car.high) ? car.high : car.fuelLitres
    this.motion.to(text(at, '.low'), { transform: `scaleX(${share(low)})` }, { durationMs: 700 })
    this.motion.to(text(at, '.band'), { transform: `scaleX(${share(high)})` }, { durationMs: 700 })
  }
}

/** @param {Car} car */
function pitWindow(car) {
  return isNumber(car.pitFrom) ? `${range(car.pitFrom, car.pitTo)}` : '–'
}

function makeRow() {
  const row = document.createElement('div')
  row.className = 'row'
  const track = span('track', '')
  track.append(bar('band'), bar('low'))
  row.append(span('position', ''), span('number', ''), span('name', ''))
  row.append(span('value figure', ''), span('word', ''), track)
  return row
}

function makeCard() {
  const card = document.createElement('div')
  card.className = 'panel card'
  card.dataset['in'] = 'up'
  card.innerHTML = `
    <div class="who"><span class="number"></span><span class="name"></span><span class="small position"></span></div>
    <div class="track"><i class="band"></i><i class="low"></i></div>
    <div class="facts"><div><span class="value figure"></span><span class="small unit">laps</span></div><span class="word"></span></div>
    <div class="facts"><span class="small spread"></span><span class="small window"></span></div>`
  return card
}

/** @param {string} name */
function bar(name) {
  const made = document.createElement('i')
  made.className = name
  return made
}

/** @param {HTMLElement} within @param {string} selector @returns {HTMLElement} */
function text(within, selector) {
  const found = within.querySelector(selector)
  if (!(found instanceof HTMLElement)) throw new Error(`There is no "${selector}".`)
  return found
}
