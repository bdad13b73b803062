import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const express = (code: string) => ({
  'package.json': '{"dependencies":{"express":"4.0.0"}}',
  'app.js': `
const express = require('express')
const app = express()
${code}
app.listen(80)
`,
})
const gin = (code: string, above = '') => ({
  'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
  'main.go': `package main

import (
	"encoding/json"
	"io"

	"github.com/gin-gonic/gin"
)
${above}
func main() {
	r := gin.New()
${code}
	r.Run()
}
`,
})

test('JavaScript: what was collected is there where one of the ways that put it there was taken [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      express(`
app.get('/pushed', (req, res) => {
  const faults = []
  if (!req.query.berth) faults.push('berth')
  if (req.query.days < 3) faults.push('days')
  if (faults.length) return res.status(422).json({ faults })
  res.json({})
})
const faultsOf = (query) => {
  const faults = {}
  if (!query.berth) faults.berth = 'Which?'
  return { faults, isFine: Object.keys(faults).length === 0 }
}
app.get('/set', (req, res) => {
  const { faults, isFine } = faultsOf(req.query)
  if (!isFine) return res.status(400).json(faults)
  res.json({})
})
app.get('/added', (req, res) => {
  const faults = new Set()
  if (!req.query.berth) faults.add('berth')
  if (faults.size > 0) return res.status(409).json({})
  res.json({})
})
app.get('/spread', (req, res) => {
  let faults = []
  if (!req.query.berth) faults = [...faults, 'berth']
  if (faults.length > 0) return res.status(400).json({})
  res.json({})
})
app.get('/joined', (req, res) => {
  let faults = []
  if (!req.query.berth) faults = faults.concat('berth')
  if (faults.length > 0) return res.status(400).json({})
  res.json({})
})
app.get('/filtered', (req, res) => {
  const missing = ['berth', 'days'].filter((name) => !req.query[name])
  if (missing.length) return res.status(400).json({ missing })
  res.json({})
})
app.get('/taken', (req, res) => {
  const faults = []
  if (!req.query.berth) faults.push('berth')
  faults.pop()
  if (faults.length) return res.status(400).json({})
  res.json({})
})`),
    ),
  ).toEqual({
    '/pushed': ['422 where !query.berth or query.days < 3', '200'],
    '/set': ['400 Which? where !query.berth', '200'],
    '/added': ['409 where !query.berth', '200'],
    '/spread': ['400 where !query.berth', '200'],
    '/joined': ['400 where !query.berth', '200'],
    '/filtered': ['400 where !query.berth or !query.days', '200'],
    '/taken': ['400 where faults.length', '200'],
  })
})

test('Java: what was collected is there where one of the ways that put it there was taken [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
      'src/main/java/quay/Quays.java': `package quay;
import java.util.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Quays {
  @GetMapping("/listed")
  String listed(@RequestParam(required = false) String berth) {
    List<String> faults = faultsOf(berth);
    if (!faults.isEmpty()) throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY);
    return "";
  }
  private List<String> faultsOf(String berth) {
    List<String> faults = new ArrayList<>();
    if (berth == null) faults.add("berth");
    return faults;
  }
  @GetMapping("/mapped")
  String mapped(@RequestParam(required = false) String berth) {
    Map<String, String> faults = new HashMap<>();
    if (berth == null) faults.put("berth", "Which?");
    if (faults.size() > 0) throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    return "";
  }
  @GetMapping("/built")
  String built(@RequestParam(required = false) String berth) {
    StringBuilder faults = new StringBuilder();
    if (berth == null) faults.append("berth");
    if (faults.length() > 0) throw new ResponseStatusException(HttpStatus.CONFLICT);
    return "";
  }
}
`,
    }),
  ).toEqual({
    '/listed': ['422 where !query.berth', '200'],
    '/mapped': ['400 where !query.berth', '200'],
    '/built': ['409 where !query.berth', '200'],
  })
})

test('Python: what was collected is there where one of the ways that put it there was taken [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, request
app = Flask(__name__)

@app.get('/mapped')
def mapped():
    faults = {}
    if not request.args.get('berth'):
        faults['berth'] = 'Which?'
    if faults:
        return faults, 422
    return {}

@app.get('/added')
def added():
    faults = set()
    if not request.args.get('berth'):
        faults.add('berth')
    if len(faults) > 0:
        return {}, 409
    return {}

@app.get('/picked')
def picked():
    missing = [name for name in ('berth', 'days') if name not in request.args]
    if missing:
        return {}, 400
    return {}

@app.get('/all')
def all_of():
    if not all(name in request.args for name in ('berth', 'days')):
        return {}, 400
    return {}
`,
    }),
  ).toEqual({
    '/mapped': ['422 Which? where !query.berth', '200'],
    '/added': ['409 where !query.berth', '200'],
    '/picked': ['400 where !query.berth or !query.days', '200'],
    '/all': [`400 where !"berth" in query or !"days" in query`, '200'],
  })
})

test('under a key that the request gives there may be nothing [SPEC-EXTRACT-10]', async () => {
  const wanted = ['400 where query.kind not-in gig,skiff', '200']
  expect(
    Object.values(
      await printedAnswers(
        express(`
const lengths = { gig: 6, skiff: 4 }
app.get('/kinds', (req, res) => {
  const length = lengths[req.query.kind]
  if (!length) return res.status(400).json({})
  res.json({})
})`),
      ),
    ),
  ).toEqual([wanted])
  expect(
    Object.values(
      await printedAnswers(
        gin(
          `	r.GET("/kinds", func(c *gin.Context) {
		length := lengths[c.Query("kind")]
		if length == 0 {
			c.Status(400)
			return
		}
		c.Status(200)
	})`,
          'var lengths = map[string]int{"gig": 6, "skiff": 4}\n',
        ),
      ),
    ),
  ).toEqual([wanted])
})

test('Go: what is given as bytes is nothing else, whatever it is asked to be later [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      gin(
        `	r.GET("/notes", func(c *gin.Context) {
		if c.Query("at") == "" {
			(&Note{c: c, status: 400}).Bytes(written("Say where")).Send()
			return
		}
		(&Note{c: c, status: 200}).Bytes(written("Here")).Send()
	})`,
        `
type Note struct {
	c      *gin.Context
	status int
	body   any
}

func written(text string) []byte {
	made, _ := json.Marshal(text)
	return made
}

func (n *Note) Bytes(body []byte) *Note { n.body = body; return n }

func (n *Note) Send() {
	switch v := n.body.(type) {
	case []byte:
		n.c.Data(n.status, "text/plain", v)
	case io.Reader:
		n.c.DataFromReader(n.status, 1, "text/plain", v, nil)
	}
}
`,
      ),
    ),
  ).toEqual({ '/notes': ['400 Say where where query.at == ', '200'] })
})

test('what code outside may fill is not taken for empty, nor for filled by what is here alone [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    express(`
const checker = require('checker')
app.get('/within', (req, res) => {
  const faults = []
  checker.run({ faults, query: req.query })
  if (faults.length > 0) return res.status(400).json({})
  res.json({})
})
app.get('/behind', (req, res) => {
  const faults = []
  checker.run(req.query, { onFault: (fault) => faults.push(fault) })
  if (faults.length > 0) return res.status(409).json({})
  res.json({})
})
app.get('/both', (req, res) => {
  const faults = []
  if (!req.query.berth) faults.push('berth')
  checker.run({ faults })
  if (faults.length > 0) return res.status(422).json({})
  res.json({})
})`),
  )
  expect(found['/within']?.[0]).toMatch(/^400/)
  expect(found['/behind']?.[0]).toMatch(/^409/)
  expect(found['/both']?.[0]).toMatch(/^422/)
  expect(found['/both']?.[0]).not.toBe('422 where !query.berth')
})
