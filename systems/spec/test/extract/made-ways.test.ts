import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const express = (code: string, help = '') => ({
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'app.js': `
const express = require('express')
const app = express()
${help}
app.get('/boats', async (req, res) => {
  const { a, b } = req.query
${code}
  res.send('ok')
})
app.listen(80)
`,
})

const flask = (code: string, help = '') => ({
  'requirements.txt': 'flask==3.0\n',
  'app.py': `
from contextlib import suppress
from flask import Flask, abort, request
app = Flask(__name__)
${help}
@app.get("/boats")
def boats():
  a = request.args.get("a")
  b = request.args.get("b")
${code}
  return "ok"
`,
})

const spring = (code: string, help = '') => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency></dependencies></project>',
  'src/main/java/barn/Boats.java': `package barn;
import java.util.*;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Boats {
${help}
  @GetMapping("/boats")
  public String boats(@RequestParam(required = false) String a) {
${code}
    return "ok";
  }
}
`,
})

const gin = (code: string, help = '') => ({
  'go.mod': 'module boats\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
  'main.go': `package main

import (
	"errors"

	"github.com/gin-gonic/gin"
)

${help}

func boats(g *gin.Context) {
	a := g.Query("a")
${code}
	g.Status(200)
}

func main() {
	r := gin.Default()
	r.GET("/boats", boats)
	r.Run()
}
`,
})

const faults = `
function* faultsOf(x, z) {
  if (x === 'x') yield 409
  if (z === 'x') yield 422
}
async function later(x) {
  if (x === 'x') throw new Error('late')
  return { id: x }
}
`
const kinds = `
  enum Kind {
    X("x"), Y("y");
    final String text;
    Kind(String text) { this.text = text; }
    static Optional<Kind> of(String text) {
      for (Kind one : values()) {
        if (one.text.equals(text)) return Optional.of(one);
      }
      return Optional.empty();
    }
  }
  static Optional<String> find(String x) {
    return "x".equals(x) ? Optional.of(x) : Optional.empty();
  }
`

test.each([
  {
    of: 'what is gone through of a list that was collected in JavaScript',
    files: express(`
  const faults = []
  if (a === 'x') faults.push(409)
  if (b === 'x') faults.push(422)
  for (const fault of faults) {
    return res.sendStatus(fault)
  }`),
    said: [
      'IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409.',
      'IF, for GET /boats, the query parameter a is not "x" and the query parameter b is "x", THEN the service SHALL answer 422.',
    ],
  },
  {
    of: 'what a generator of JavaScript gives',
    files: express(
      `
  const [fault] = faultsOf(a, b)
  if (fault) return res.status(fault).send('no')`,
      faults,
    ),
    said: [
      'IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409 with string and say "no".',
      'IF, for GET /boats, the query parameter a is not "x" and the query parameter b is "x", THEN the service SHALL answer 422 with string and say "no".',
    ],
  },
  {
    of: 'a promise of JavaScript whose error is taken',
    files: express(
      `
  const found = await later(a).catch(() => null)
  if (found === null) return res.status(409).send('no')`,
      faults,
    ),
    said: [
      'IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409 with string and say "no".',
    ],
  },
  {
    of: 'a loop of JavaScript that is left before',
    files: express(`
  do {
    if (a !== 'x') break
    return res.status(409).send('no')
  } while (false)`),
    said: [
      'IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409 with string and say "no".',
    ],
  },
  {
    of: 'a loop of JavaScript over what there may be none of',
    files: express(`
  for (const row of await rows(a)) {
    return res.status(409).send('no')
  }`),
    said: [
      'IF, for GET /boats, `rows(query.a)` is not empty, THEN the service SHALL answer 409 with string and say "no".',
    ],
  },
  {
    of: 'what stands under `else` of a loop of Python',
    files: flask(`
  for one in ["x", "y"]:
    if one == a:
      break
  else:
    abort(404)`),
    said: [
      'IF, for GET /boats, the query parameter a is not "x" and the query parameter a is not "y", THEN the service SHALL answer 404.',
    ],
  },
  {
    of: 'what comes after errors that Python suppresses',
    files: flask(`
  with suppress(KeyError):
    if not a:
      raise KeyError("none")
  if not a and b == "x":
    abort(404)`),
    said: [
      'IF, for GET /boats, the query parameter a is missing and the query parameter b is "x", THEN the service SHALL answer 404.',
    ],
  },
  {
    of: 'what an `Optional` of Java lacks',
    files: spring(
      '    find(a).orElseThrow(() -> new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT));',
      kinds,
    ),
    said: ['IF, for GET /boats, the query parameter a is not "x", THEN the service SHALL answer 418.'],
  },
  {
    of: 'an `Optional` that a loop of Java finds',
    files: spring('    Kind.of(a).orElseThrow(() -> new ResponseStatusException(HttpStatus.GONE));', kinds),
    said: ['IF, for GET /boats, `Kind.of(query.a)` is missing, THEN the service SHALL answer 410.'],
  },
  {
    of: 'what goes on with a loop of Go around the one that it stands in',
    files: gin(`
next:
	for _, one := range []string{"x"} {
		for _, two := range []string{a} {
			if one != two {
				continue next
			}
		}
		g.AbortWithStatus(409)
		return
	}`),
    said: ['IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409.'],
  },
  {
    of: 'what a function of Go recovers from',
    files: gin(
      `
	if recovered(a) != nil {
		g.AbortWithStatus(409)
		return
	}`,
      `func recovered(x string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("slow")
		}
	}()
	if x == "x" {
		panic("wrong")
	}
	return nil
}`,
    ),
    said: ['IF, for GET /boats, the query parameter a is "x", THEN the service SHALL answer 409.'],
  },
])('$of is told with when it comes [SPEC-EXTRACT-06]', async ({ files, said }) => {
  expect(await saidErrors(files)).toEqual(said)
})
