import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('bounds that a handler checks by itself are those of its inputs [SPEC-EXTRACT-05]', async () => {
  const found = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const app = require('express')()
app.get('/search', (req, res) => {
  const limit = parseInt(req.query.limit, 10)
  if (!req.query.q) return res.status(400).json({ error: 'q is missing' })
  if (limit < 1 || limit > 100) return res.status(400).json({ error: 'limit' })
  if (req.query.sort !== 'new' && req.query.sort !== 'old') return res.status(422).json({})
  if (req.query.secret === 'x' && limit > 50) return res.status(400).json({})
  if (req.query.page > 9) return res.status(404).json({})
  res.json({})
})
app.post('/users', (req, res) => {
  const { name, email } = req.body
  if (!name || name.length < 3) return res.status(400).json({})
  if (!/^.+@.+$/.test(email)) return res.status(400).json({})
  res.status(201).json({})
})
`,
  })
  const { constraints } = summarize(found)
  expect(constraints['GET /search']).toEqual(['limit maximum 100', 'limit minimum 1', 'sort enum new,old'])
  expect(constraints['POST /users']).toEqual(['body.email pattern ^.+@.+$', 'body.name minLength 3'])
  const required = factsOf(found.set.facts, 'parameter').filter(({ isRequired }) => isRequired)
  expect(required.map(({ name }) => name)).toEqual(['q'])
})

test('a check in Go or on a parameter of a function bounds it [SPEC-EXTRACT-05]', async () => {
  const goFound = await extractFiles({
    'go.mod': 'module shop\n\nrequire github.com/gin-gonic/gin v1.0.0\n',
    'main.go': `
package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()
	r.GET("/items", func(c *gin.Context) {
		page, err := strconv.Atoi(c.DefaultQuery("page", "1"))
		if err != nil {
			c.JSON(http.StatusBadRequest, gin.H{})
			return
		}
		if page < 1 {
			c.JSON(http.StatusBadRequest, gin.H{})
			return
		}
		c.JSON(http.StatusOK, gin.H{})
	})
	r.Run()
}
`,
  })
  const go = summarize(goFound)
  expect(go.constraints['GET /items']).toEqual(['page minimum 1'])
  expect(factsOf(goFound.set.facts, 'parameter').map(({ isRequired }) => isRequired)).toEqual([false])
  const python = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `
import re
from fastapi import FastAPI, HTTPException
app = FastAPI()
MARK = re.compile(r"^\\d+$")
@app.get("/marks")
def marks(mark: str, other: str):
    if not MARK.match(mark):
        raise HTTPException(status_code=400, detail="no mark")
    if not re.match(r"^\\w$", other):
        raise HTTPException(status_code=400, detail="no other")
    return []
@app.get("/items")
def items(limit: int = 10):
    if limit > 50:
        raise HTTPException(status_code=400, detail="too many")
    return []
`,
    }),
  )
  expect(python.constraints['GET /marks']).toEqual(['mark pattern ^\\d+$', 'other pattern ^\\w$'])
  expect(python.constraints['GET /items']).toEqual(['limit maximum 50'])
})

test('what Java asks by calls of libraries bounds an input as a comparison does [SPEC-EXTRACT-05]', async () => {
  const found = await extractFiles({
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/java/mill/Sacks.java': `package mill;
import java.util.*;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Validate;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.*;
import static com.google.common.base.Preconditions.checkArgument;
@RestController
public class Sacks {
  private static final Pattern MARK = Pattern.compile("[A-Z]{3}");
  @GetMapping("/grain")
  public Object grain(@RequestParam(required = false) String kind, @RequestParam String code, @RequestParam List<String> bins) {
    if (isNone(kind) || kind.length() != 3) return ResponseEntity.badRequest().build();
    if (!MARK.matcher(code).matches()) return ResponseEntity.badRequest().build();
    if (bins.isEmpty() || bins.size() > 4) return ResponseEntity.badRequest().build();
    return "ok";
  }
  private boolean isNone(String text) { return text == null || text.isEmpty(); }
  @GetMapping("/flour")
  public Object flour(@RequestParam(required = false) Integer weight, @RequestParam(required = false) Integer from, @RequestParam int grade) {
    checkArgument(weightOf(weight) > 0, "No weight");
    checkArgument(fromOf(from) >= 0, "From where?");
    Assert.isTrue(grade >= 1 && grade <= 9, "No grade");
    return "ok";
  }
  private int weightOf(Integer weight) { if (weight != null) { return weight; } else { return 5; } }
  private int fromOf(Integer from) { return from == null ? 0 : from; }
  @PostMapping("/orders")
  public Object order(@RequestBody Order order) {
    if (!StringUtils.hasText(order.getBaker())) throw new IllegalArgumentException("Who bakes?");
    Validate.notBlank(order.getStreet(), "Where to?");
    Objects.requireNonNull(order.getDay(), "When?");
    if (order.getSize() < 2) throw new IllegalArgumentException("Too small");
    return "ok";
  }
  @ExceptionHandler({ IllegalArgumentException.class, NullPointerException.class })
  public ResponseEntity<String> refused(RuntimeException e) { return ResponseEntity.badRequest().body(e.getMessage()); }
}
`,
    'src/main/java/mill/Order.java': `package mill;
public class Order {
  private String baker;
  private String street;
  private String day;
  private int size;
  public String getBaker() { return baker; }
  public String getStreet() { return street; }
  public String getDay() { return day; }
  public int getSize() { return size; }
}
`,
  })
  const { constraints } = summarize(found)
  expect(constraints['GET /grain']).toEqual([
    'bins maxItems 4',
    'bins minItems 1',
    'code pattern [A-Z]{3}',
    'kind maxLength 3',
    'kind minLength 3',
  ])
  expect(constraints['GET /flour']).toEqual([
    'from minimum 0',
    'grade maximum 9',
    'grade minimum 1',
    'weight exclusiveMinimum 0',
  ])
  expect(constraints['POST /orders']).toEqual([
    'body.baker minLength 1',
    'body.size minimum 2',
    'body.street minLength 1',
  ])
  const parameters = factsOf(found.set.facts, 'parameter').filter(({ isRequired }) => isRequired)
  expect(parameters.map(({ name }) => name).toSorted()).toEqual(['bins', 'code', 'grade', 'kind'])
  const errors = factsOf(found.set.facts, 'error').filter(({ grade }) => grade === 'proved')
  expect(errors.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['No weight', 'Where to?', 'When?']),
  )
})

test('what code refuses where it is no list is a list, and what it reads of each is what is in it [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const app = require('express')()
app.post('/crates', (req, res) => {
  const { crates, marks } = req.body
  if (!Array.isArray(crates) || crates.length === 0) return res.status(400).json({})
  if (!marks || marks.length < 2) return res.status(400).json({})
  res.status(201).json({ weights: crates.map((crate) => crate.weight) })
})
`,
  })
  const [body] = factsOf(set.facts, 'body')
  const [operation] = factsOf(set.facts, 'operation')
  expect(body && operation && sayFact(body, operationTitle(operation))).toContain(
    'with crates (a list of weight, required, 1 or more items), marks (required, a length of 2 or more).',
  )
})
