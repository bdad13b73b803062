import type { Service } from './marked.ts'

const pricing = `const { Level } = require('./levels')
const STEP = 5

function priceOf(visits, level) {
  let price = 0
  for (const visit of visits) {
    price += visit.minutes * STEP
  }
  if (level === Level.gold && price > 100) price = price - 10
  return price
}

function audit(who) {
  records.append(who, 'seen')
}

module.exports = { priceOf, audit }
`
export const express: Service = {
  language: 'JavaScript',
  files: {
    'package.json': '{"dependencies":{"express":"4"}}',
    'levels.js': `exports.Level = { gold: 'g', plain: 'p' }\n`,
    'pricing.js': pricing,
    'app.js': `const express = require('express')
const { store } = require('visits-store')
const { priceOf, audit } = require('./pricing')
const app = express()
app.use(express.json())
app.get('/bills/:guest', async (req, res) => {
  const guest = await store.findGuest(req.params.guest, { limit: 20 })
  console.log('asked for a bill')
  audit(guest)
  const visits = guest.visits.filter((one) => !one.paid)
  res.json({ total: priceOf(visits, guest.level), count: visits.length })
})
app.get('/health', (req, res) => {
  res.json({ ok: true })
})
app.listen(3000)
`,
  },
  quiet: {
    formatting: {
      'pricing.js': [
        [
          `  for (const visit of visits) {\n    price += visit.minutes * STEP\n  }`,
          `  for (const visit of visits) price += (visit.minutes * STEP);`,
        ],
        [`'seen'`, `"seen",`],
      ],
    },
    comments: {
      'pricing.js': [['  let price = 0', '  // Counted in cents.\n  let price = 0 /* none yet */']],
    },
    'names of variables': {
      'pricing.js': [
        ['price ', 'sum '],
        ['price\n', 'sum\n'],
        ['visit.', 'one.'],
        ['const visit ', 'const one '],
      ],
    },
    'names of functions': {
      'pricing.js': [['priceOf', 'billFor']],
      'app.js': [['priceOf', 'billFor']],
    },
    'a move to another file': {
      'pricing.js': '',
      'money/bills.js': pricing.replace('./levels', '../levels'),
      'app.js': [['./pricing', './money/bills']],
    },
    'a function that is taken out': {
      'pricing.js': [
        [`    price += visit.minutes * STEP\n`, `    price += costOf(visit)\n`],
        ['function audit', 'function costOf(visit) {\n  return visit.minutes * STEP\n}\n\nfunction audit'],
      ],
    },
    'a handler that is taken out': {
      'app.js': [
        [`app.get('/health', (req, res) => {\n  res.json({ ok: true })\n})`, `app.get('/health', health)`],
        [
          'const app = express()',
          'function health(req, res) {\n  res.json({ ok: true })\n}\nconst app = express()',
        ],
      ],
    },
    'a number that gets a name': {
      'pricing.js': [
        ['price > 100', 'price > MOST'],
        ['const STEP', 'const MOST = 100\nconst STEP'],
      ],
    },
    'order of imports': {
      'app.js': [
        [
          `const { store } = require('visits-store')\nconst { priceOf, audit } = require('./pricing')`,
          `const { audit, priceOf } = require('./pricing')\nconst { store } = require('visits-store')`,
        ],
      ],
    },
    'what is logged': { 'app.js': [[`'asked for a bill'`, `'a bill was asked for', 2`]] },
    'code of no operation': { 'report.js': `module.exports = () => 1 + 2\n` },
    'a test': { 'pricing.test.js': `test('is free without visits', () => priceOf([], 'p') === 0)\n` },
  },
  loud: {
    'an operator': {
      edit: { 'pricing.js': [['visit.minutes * STEP', 'visit.minutes / STEP']] },
      on: 'GET /bills/:guest',
      says: '`*` became `/` in `priceOf`',
    },
    'a comparison': {
      edit: { 'pricing.js': [['price > 100', 'price >= 100']] },
      on: 'GET /bills/:guest',
      says: '`>` became `>=` in `priceOf`',
    },
    'a constant that is named': {
      edit: { 'pricing.js': [['STEP = 5', 'STEP = 6']] },
      on: 'GET /bills/:guest',
      says: '`5` became `6` in `STEP`',
    },
    'a member of a table': {
      edit: { 'levels.js': [[`'g'`, `'gg'`]] },
      on: 'GET /bills/:guest',
      says: '`Level`',
    },
    'a bound in a query': {
      edit: { 'app.js': [['limit: 20', 'limit: 30']] },
      on: 'GET /bills/:guest',
      says: '`20` became `30`',
    },
    'a negation': {
      edit: { 'app.js': [['!one.paid', 'one.paid']] },
      on: 'GET /bills/:guest',
      says: '`!` is gone',
    },
    'a condition': {
      edit: { 'pricing.js': [['level === Level.gold && ', '']] },
      on: 'GET /bills/:guest',
      says: '`priceOf`',
    },
    'a call that is left out': {
      edit: { 'app.js': [['  audit(guest)\n', '']] },
      on: 'GET /bills/:guest',
      says: 'audit',
    },
    'a field that is read': {
      edit: { 'pricing.js': [['visit.minutes', 'visit.hours']] },
      on: 'GET /bills/:guest',
      says: '`priceOf`',
    },
  },
}

export const fastapi: Service = {
  language: 'Python',
  files: {
    'requirements.txt': 'fastapi\n',
    'limits.py': 'MOST = 40\n',
    'berths.py': `from limits import MOST
from harbour import pilots


def fee(length, nights):
    """What a stay costs."""
    total = 0
    for night in range(nights):
        if night > 2 and length < MOST:
            total += length * 2
    return total


def remember(boat):
    pilots.save(boat, kind="seen")
`,
    'app.py': `import logging
from fastapi import FastAPI
from berths import fee, remember

logger = logging.getLogger(__name__)
app = FastAPI()


@app.get("/stays/{boat}")
def stay(boat: str, nights: int):
    logger.info("asked")
    remember(boat)
    found = [one for one in pilots.all(limit=10) if not one.gone]
    return {"fee": fee(len(found), nights), "label": f"{boat} of us"}


@app.get("/health")
def health():
    return {"ok": True}
`,
  },
  quiet: {
    'a function that is a method of a class now': {
      'berths.py': [
        [
          'def remember(boat):\n    pilots',
          'class Log:\n    @staticmethod\n    def remember(boat):\n        pilots',
        ],
      ],
      'app.py': [
        ['import fee, remember', 'import Log, fee'],
        ['    remember(boat)', '    Log.remember(boat)'],
      ],
    },
    formatting: {
      'berths.py': [
        [
          '        if night > 2 and length < MOST:',
          '        if (\n            night > 2\n            and length < MOST\n        ):',
        ],
      ],
      'app.py': [
        ['"label"', `'label'`],
        ['f"{boat} of us"', 'f"{boat} of"  # both\n        " us"'],
        ['limit=10', 'limit=1_0'],
      ],
    },
    'comments and docstrings': {
      'berths.py': [['"""What a stay costs."""', '"""The fee of a stay."""  # in coins']],
    },
    'names of variables': {
      'berths.py': [
        ['total', 'sum_of_all'],
        ['night ', 'one '],
        ['length', 'metres'],
      ],
    },
    'names of functions': {
      'berths.py': [['def fee', 'def fee_for']],
      'app.py': [
        ['import fee,', 'import fee_for,'],
        ['fee(len', 'fee_for(len'],
      ],
    },
    'a move to another file': {
      'berths.py': [['def remember(boat):\n    pilots.save(boat, kind="seen")\n', '']],
      'memory.py':
        'from harbour import pilots\n\n\ndef remember(boat):\n    pilots.save(boat, kind="seen")\n',
      'app.py': [['from berths import fee, remember', 'from berths import fee\nfrom memory import remember']],
    },
    'a function that is taken out': {
      'berths.py': [
        ['            total += length * 2', '            total += of_night(length)'],
        ['def remember', 'def of_night(length):\n    return length * 2\n\n\ndef remember'],
      ],
    },
    types: {
      'berths.py': [
        ['def fee(length, nights):', 'def fee(length: int, nights: "int | None") -> int:'],
        ['total = 0', 'total: int = 0'],
      ],
    },
    'order of imports': {
      'berths.py': [
        [
          'from limits import MOST\nfrom harbour import pilots',
          'from harbour import pilots\nfrom limits import MOST',
        ],
      ],
    },
    'what is logged': { 'app.py': [['"asked"', '"asked for %s", boat']] },
  },
  loud: {
    'an operator': {
      edit: { 'berths.py': [['length * 2', 'length + 2']] },
      on: 'GET /stays/{boat}',
      says: '`*` became `+` in `fee`',
    },
    'a comparison': {
      edit: { 'berths.py': [['night > 2', 'night >= 2']] },
      on: 'GET /stays/{boat}',
      says: '`>` became `>=` in `fee`',
    },
    'a junction': {
      edit: { 'berths.py': [[' and ', ' or ']] },
      on: 'GET /stays/{boat}',
      says: '`&&` became `||` in `fee`',
    },
    'a constant that is named': {
      edit: { 'limits.py': [['40', '41']] },
      on: 'GET /stays/{boat}',
      says: '`40` became `41` in `MOST`',
    },
    'a bound in a query': {
      edit: { 'app.py': [['limit=10', 'limit=11']] },
      on: 'GET /stays/{boat}',
      says: '`10` became `11`',
    },
    'a negation': {
      edit: { 'app.py': [['if not one', 'if one']] },
      on: 'GET /stays/{boat}',
      says: '`!` is gone',
    },
    'a call that is left out': {
      edit: { 'app.py': [['    remember(boat)\n', '']] },
      on: 'GET /stays/{boat}',
      says: 'remember',
    },
    'a text': {
      edit: { 'berths.py': [['"seen"', '"met"']] },
      on: 'GET /stays/{boat}',
      says: 'is other code',
    },
  },
}
