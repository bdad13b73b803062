import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function guards(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  return set.facts.filter(({ kind }) => kind === 'guard').map((one) => sayFact(one, 'GET /boats'))
}

const go = (after: string) => ({
  'go.mod': 'module pier\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
  'main.go': `
package main

import (
	"errors"

	"github.com/gin-gonic/gin"
)

type state int

const (
	skip state = iota
	ok
)

func byKey(c *gin.Context) (state, error) {
	key := c.GetHeader("X-Harbour-Key")
	if key == "" {
		return skip, nil
	}
	if !known(key) {
		return skip, errors.New("no such key")
	}
	return ok, nil
}

func byCookie(c *gin.Context) (state, error) {
	token, err := c.Cookie("harbour")
	if err != nil {
		return skip, nil
	}
	if err := check(token); err != nil {
		return skip, err
	}
	return ok, nil
}

func ask(c *gin.Context) {
	for _, way := range []func(*gin.Context) (state, error){byKey, byCookie} {
		found, err := way(c)
		if err != nil {
			c.AbortWithStatus(401)
			return
		}
		if found == ok {
			c.Next()
			return
		}
	}
	${after}
}

func main() {
	r := gin.Default()
	r.GET("/boats", ask, func(c *gin.Context) { c.JSON(200, gin.H{"boats": 1}) })
	r.Run()
}
`,
})

test('a guard that refuses what is shown and wrong lets through who shows nothing, in however many functions [SPEC-EXTRACT-07]', async () => {
  expect(await guards(go('c.Next()'))).toEqual([
    'WHEN a client sends GET /boats, the service SHALL take a caller who is signed in and one who is not.',
  ])
})

test('one that refuses besides who comes through all of its ways refuses him [SPEC-EXTRACT-07]', async () => {
  expect(await guards(go('c.AbortWithStatus(401)'))).toEqual([
    'WHEN a client sends GET /boats, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('a refusal of whom code knows already is none of who shows nothing [SPEC-EXTRACT-07]', async () => {
  const python = (optional: string) => ({
    'requirements.txt': 'flask\n',
    'app.py': `
from functools import wraps
from flask import Flask, request, abort, jsonify
app = Flask(__name__)

def asks(optional=False):
    def wrapper(f):
        @wraps(f)
        def inner(*args, **kwargs):
            token = request.headers.get("Authorization")
            if not optional and not token:
                abort(401)
            user = users.find(token) if token else None
            if user and not user.is_active:
                abort(401)
            return f(*args, **kwargs)
        return inner
    return wrapper

@app.get("/boats")
@asks(${optional})
def boats():
    return jsonify([])
`,
  })
  expect(await guards(python('optional=True'))).toEqual([
    'WHEN a client sends GET /boats, the service SHALL take a caller who is signed in and one who is not.',
  ])
  expect(await guards(python(''))).toEqual([
    'WHEN a client sends GET /boats, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})
