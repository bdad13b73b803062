import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a package comes before a script of its name beside it [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'port.py': `from port.main import main
if __name__ == '__main__':
    main()
`,
    'port/__init__.py': `from flask import Flask
app = Flask(__name__)
def create():
    return app
`,
    'port/boats.py': `from flask import Blueprint
boats = Blueprint("boats", __name__)
@boats.route("/boats")
def all_boats():
    return {}
`,
    'port/main.py': `from . import create
def main():
    app = create()
    from .boats import boats
    app.register_blueprint(boats)
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /boats',
  ])
})
