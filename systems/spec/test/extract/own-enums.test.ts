import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function said(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts.map((one) => sayFact(one, 'operation' in one ? (titles.get(one.operation) ?? '') : ''))
}

test('an enumeration that extends one of the program is one by its values [SPEC-EXTRACT-05]', async () => {
  const all = await said({
    'requirements.txt': 'fastapi\n',
    'kinds.py': `from enum import Enum

class OwnEnum(str, Enum):
    def __str__(self):
        return self.value
`,
    'app.py': `from fastapi import FastAPI
from pydantic import BaseModel
from kinds import OwnEnum

class Rig(OwnEnum):
    SLOOP = "sloop"
    KETCH = "ketch"

class Boat(BaseModel):
    name: str
    rig: Rig

app = FastAPI()

@app.post("/boats")
def add(boat: Boat):
    return {"name": boat.name}
`,
  })
  const text = all.join('\n')
  expect(text).toContain('"sloop", "ketch"')
  expect(text).not.toContain('SLOOP')
})

test('what may stand in the query and in the form is told as code asks for it, where there may be a form [SPEC-EXTRACT-06]', async () => {
  const all = await said({
    'requirements.txt': 'flask\n',
    'app.py': `from flask import Flask, request, abort
app = Flask(__name__)

@app.route("/boats", methods=["GET", "POST"])
def boats():
    if not request.values.get("berth"):
        abort(400)
    return {"boats": []}
`,
  })
  const errors = all.filter((one) => one.startsWith('IF'))
  expect(errors).toEqual([
    'IF, for GET /boats, the query parameter berth is missing, THEN the service SHALL answer 400.',
    'IF, for POST /boats, `request.values.get("berth")` is missing, THEN the service SHALL answer 400.',
  ])
})

test('a test of values alone is asked, since it comes of what was not followed [SPEC-EXTRACT-06]', async () => {
  const all = await said({
    'go.mod': 'module pier\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n\tgorm.io/gorm v1.25.0\n)\n',
    'main.go': `
package main

import (
	"github.com/gin-gonic/gin"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type Boat struct{ ID string }

func main() {
	db, _ := gorm.Open(sqlite.Open("pier.db"))
	r := gin.Default()
	r.DELETE("/boats", func(c *gin.Context) {
		count := int64(-1)
		db.Model(new(Boat)).Count(&count)
		if count == 1 {
			c.AbortWithStatusJSON(409, gin.H{"error": "the last boat stays"})
			return
		}
		c.JSON(200, gin.H{"left": count})
	})
	r.Run()
}
`,
  })
  const [error] = all.filter((one) => one.includes('409'))
  expect(error).toContain('may answer 409')
  expect(all.join('\n')).not.toContain('int64(-1)')
})

test('what a program begins with is not run to see what its classes extend [SPEC-EXTRACT-01]', async () => {
  const all = await said({
    'requirements.txt': 'fastapi\n',
    'serve.py': `from fastapi import FastAPI, APIRouter
from bases import Base

router = APIRouter()

@router.get("/boats")
def boats():
    return {"boats": []}

app = FastAPI()
app.include_router(router)
`,
    'bases.py': `import serve

class Base:
    pass

class Berth(Base):
    place = "quay"
`,
    'kinds.py': `from bases import Base
from serve import router

class Rig(Base):
    mast = "one"
`,
  })
  expect(all.join('\n')).toContain('WHEN a client sends GET /boats, the service SHALL answer 200')
})
