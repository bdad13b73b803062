import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'

const driftsOf = async (before: Record<string, string>, after: Record<string, string>) => {
  const [old, now] = [await extractFiles(before), await extractFiles(after)]
  return {
    errors: old.set.facts.filter(({ kind }) => kind === 'error').length,
    drifts: compareFacts(old.set.facts, now.set.facts).drifts.map((one) => [one.kind, one.before, one.after]),
  }
}

const harbour = (find: string, helper = '') => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `
from fastapi import Depends, FastAPI, HTTPException
from dock import Boat, session, who
app = FastAPI()
${helper}
@app.put("/boats/{number}/sell")
def sell(number: str, db=Depends(session), caller=Depends(who)):
    ${find}
    if boat.is_sold:
        raise HTTPException(status_code=409)
    if caller.email == boat.email:
        raise HTTPException(status_code=403)
    return db.sell(boat)
`,
})

test('checks that a function does now refuse when they did before [SPEC-DRIFT-02]', async () => {
  const check = `boat = db.get(Boat, int(number))
    if not boat:
        raise HTTPException(status_code=404)`
  const { errors, drifts } = await driftsOf(
    harbour(check),
    harbour(
      'boat = existing(db, number)',
      `
def existing(db, number):
    found = db.get(Boat, int(number))
    if not found:
        raise HTTPException(status_code=404)
    return found
`,
    ),
  )
  expect(errors).toBeGreaterThan(2)
  expect(drifts).toEqual([])
})

const berths = (rename: (code: string) => string) => ({
  'go.mod': 'module berths\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
  'main.go': `package main

import "github.com/gin-gonic/gin"

func main() {
	router := gin.Default()
	router.POST("/berths/:id/free", free)
	router.Run()
}
`,
  'free.go': rename(`package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/some/store"
)

func free(c *gin.Context) {
	berth, err := store.Find(c.Param("id"))
	if err != nil {
		c.JSON(http.StatusNotFound, gin.H{"error": "not here"})
		return
	}
	if err := release(berth); err != nil {
		c.JSON(http.StatusConflict, gin.H{"error": err.Error()})
		return
	}
	c.Status(http.StatusNoContent)
}

func release(berth *store.Berth) error {
	taken, err := store.Taken(berth.Name)
	if err != nil {
		return err
	}
	if taken {
		return store.ErrTaken
	}
	return store.Release(berth)
}
`),
})

test('another name of an error of Go is no other behaviour [SPEC-DRIFT-02]', async () => {
  const { errors, drifts } = await driftsOf(
    berths((code) => code),
    berths((code) => code.replaceAll(/\berr\b/g, 'errFound').replaceAll(/\bberth\b/g, 'place')),
  )
  expect(errors).toBeGreaterThan(1)
  expect(drifts).toEqual([])
})

const boats = (order: string, from = 'request.args.copy()') => ({
  'requirements.txt': 'flask\n',
  'app.py': `
from flask import Flask, request
from dock import berths
app = Flask(__name__)
@app.route("/boats")
def boats():
    asked = ${from}
    return {"boats": berths.boats(asked.get("order", "${order}"))}
`,
})

test('a default of what is read of a copy of the query is told, and another one is a drift [SPEC-DRIFT-01]', async () => {
  for (const from of ['request.args', 'request.args.copy()', 'request.args.to_dict()']) {
    const { set } = await extractFiles(boats('asc', from))
    expect(set.facts.flatMap((one) => (one.kind === 'parameter' ? [[one.name, one.default]] : []))).toEqual([
      ['order', '"asc"'],
    ])
  }
  expect((await driftsOf(boats('asc'), boats('desc'))).drifts).toHaveLength(1)
})

const shelves = (check: string, name = 'path') => ({
  'requirements.txt': 'flask\n',
  'app.py': `
from pathlib import Path
from flask import Flask, request
from dock import berths
app = Flask(__name__)
@app.route("/shelves", methods=["POST"])
def shelves():
    ${name} = Path(request.args.get("at", ""))
    deep = berths.deep()
    try:
        ${name}.mkdir(parents=deep)
    except OSError:
        return {"message": "no room"}, 507
    if not ${check}:
        return {"message": "not yours"}, 403
    return {}
`,
})

test('a variable that is called as a part of the request is none [SPEC-DRIFT-02]', async () => {
  const check = 'berths.allows("deck hand")'
  const before = shelves(check)
  const { errors, drifts } = await driftsOf(before, {
    ...before,
    'app.py': shelves(check, 'place')['app.py'].replaceAll('deep =', 'far =').replace('=deep', '=far'),
  })
  expect(errors).toBeGreaterThan(1)
  expect(drifts).toEqual([])
})

test('another word in a text that is asked for is a drift [SPEC-DRIFT-01]', async () => {
  const { drifts } = await driftsOf(
    shelves('berths.allows("deck hand")'),
    shelves('berths.allows("deck boss")'),
  )
  expect(drifts.map(([kind]) => kind)).toContain('changed')
})

test('another name of whether a map of Go has a key is no other behaviour [SPEC-DRIFT-02]', async () => {
  const locks = (name: string) => ({
    ...berths((code) => code),
    'free.go': `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/some/store"
)

func free(c *gin.Context) {
	keeper, ${name} := store.Keepers[c.Param("id")]
	if !${name} {
		c.JSON(http.StatusNotFound, gin.H{"error": "nobody"})
		return
	}
	c.JSON(http.StatusOK, keeper)
}
`,
  })
  expect((await driftsOf(locks('ok'), locks('okKeeper'))).drifts).toEqual([])
})
