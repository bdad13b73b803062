import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const read = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  return {
    places: set.code?.read?.errorPlaces,
    asked: set.questions.filter(({ text }) => text.startsWith('What leads to')),
  }
}

test('places that answer errors and ran for no operation are asked of, once for a service, and counted [SPEC-EXTRACT-08]', async () => {
  const { places, asked } = await read({
    'package.json': '{"name":"loans","dependencies":{"express":"4"}}',
    'app.js': `const express = require('express')
const app = express()
app.get('/loans/:id', (req, res) => {
  if (!req.params.id) return res.status(400).json({})
  res.json({})
})
app.listen(80)
`,
    'returns.js': `exports.give = (req, res) => {
  if (!req.body.loan) return res.status(422).json({ error: 'Which loan?' })
  if (req.status === 404) return res.json({})
  throw new LoanNotFoundError()
}
exports.count = (req, res) => res.json({ status: 404 })
`,
  })
  expect(places).toEqual({ all: 3, reached: 1 })
  expect(asked).toEqual([
    {
      text: 'What leads to 2 of the 3 places in the code that answer errors?',
      why: 'Their functions ran for no operation that was found: returns.js (2). What routes or calls them is not read, or nothing does.',
      path: 'returns.js',
      line: 2,
    },
  ])
})

test('in Python an error that is raised by its name and a status beside an answer are such places; code of a language without a framework is none [SPEC-EXTRACT-08]', async () => {
  const { places, asked } = await read({
    'requirements.txt': 'flask',
    'app.py': `from flask import Flask
app = Flask(__name__)

@app.get("/loans")
def loans():
    return {}, 404
`,
    'views.py': `from django.http import Http404

def show(request):
    raise Http404

def lend(request):
    return {"error": "no"}, 409
`,
    'page.js': 'export const load = (loan) => { throw new NotFoundError(loan) }\n',
  })
  expect(places).toEqual({ all: 3, reached: 1 })
  expect(asked.map(({ why }) => why.slice(0, 72))).toEqual([
    'Their functions ran for no operation that was found: views.py (2). What ',
  ])
})

test('what a method of a controller answers by itself ran for its operation [SPEC-EXTRACT-08]', async () => {
  const { places, asked } = await read({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/shelf/Loans.java': `package shelf;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Loans {
    @GetMapping("/loans/{id}")
    ResponseEntity<String> one(@PathVariable long id) {
        if (id > 9) return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
        return ResponseEntity.ok("loan");
    }
}
`,
  })
  expect({ places, asked }).toEqual({ places: { all: 1, reached: 1 }, asked: [] })
})
