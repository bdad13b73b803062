import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
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

const docks = (body: string, more: string) => ({
  'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10"}}',
  'dock.controller.ts': `import { Controller, Param, Post, UseGuards } from '@nestjs/common'
import { DockGuard } from './dock.guard'
import { DockService } from './dock.service'
@Controller('docks')
@UseGuards(DockGuard)
export class DockController {
  constructor(private readonly docks: DockService) {}
  @Post(':dock/boats/:boat')
  put(@Param('dock') dock: string, @Param('boat') boat: string) {
    return this.docks.put(dock, boat)
  }
}
`,
  'dock.guard.ts': `import { CanActivate, ExecutionContext, Injectable, NotFoundException } from '@nestjs/common'
@Injectable()
export class DockGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (!context.switchToHttp().getRequest().headers.pilot) throw new NotFoundException('no pilot')
    return true
  }
}
`,
  'dock.service.ts': `import { Injectable, NotFoundException } from '@nestjs/common'
import { Store } from 'harbour-store'
@Injectable()
export class DockService {
  constructor(private readonly store: Store) {}
  async put(dock: string, boat: string) {
    ${body}
    const found = await this.store.boat(boat)
    if (!found) throw new NotFoundException('no boat')
    return this.store.put(place, found)
  }
  ${more}
}
`,
})

test('a check that a function of the same class does now, and gives what it looked up, is no drift [SPEC-DRIFT-02]', async () => {
  const check = "if (!place) throw new NotFoundException('no dock')"
  const was = await extractFiles(docks(`const place = await this.store.dock(dock)\n    ${check}`, ''))
  for (const [body, more] of [
    [
      'const place = await this.dock(dock)',
      `private async dock(name: string) {\n    const place = await this.store.dock(name)\n    ${check}\n    return place\n  }`,
    ],
    [
      'const place = await this.store.dock(dock)\n    this.there(place)',
      `private there(place: unknown) {\n    ${check}\n  }`,
    ],
  ] as [string, string][]) {
    const is = await extractFiles(docks(body, more))
    expect(compareSets(was.set, is.set, await changesBetween(was, is)).drifts).toEqual([])
  }
})

const lockers = (body: string) => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/locker/LockerController.java': `package locker;
import java.util.Optional;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class LockerController {
    private final LockerShelf shelf;
    public LockerController(LockerShelf shelf) { this.shelf = shelf; }
    @GetMapping("/lockers/{number}")
    public Locker open(@PathVariable Long number, @RequestParam String key) {
${body}
    }
}
`,
  'src/main/java/locker/LockerShelf.java': `package locker;
import org.springframework.data.jpa.repository.JpaRepository;
public interface LockerShelf extends JpaRepository<Locker, Long> {}
`,
  'src/main/java/locker/Locker.java': `package locker;
public class Locker {
    private String key;
    public String getKey() { return key; }
}
`,
})

test('what may be missing is the same however it is taken out of what may hold it [SPEC-DRIFT-02]', async () => {
  const missing = 'new ResponseStatusException(HttpStatus.NOT_FOUND, "no locker")'
  const rest = `        if (!found.getKey().equals(key)) throw new ResponseStatusException(HttpStatus.FORBIDDEN, "another key");
        return found;`
  const ways = [
    `        Locker found = shelf.findById(number).orElseThrow(() -> ${missing});\n${rest}`,
    `        Locker found = shelf.findById(number).orElse(null);\n        if (found == null) throw ${missing};\n${rest}`,
    `        Optional<Locker> held = shelf.findById(number);\n        if (held.isEmpty()) throw ${missing};\n        Locker found = held.get();\n${rest}`,
    `        Optional<Locker> held = shelf.findById(number);\n        if (!held.isPresent()) throw ${missing};\n        Locker found = held.get();\n${rest}`,
  ].map(lockers)
  for (const [at, was] of ways.entries())
    for (const is of ways.slice(at + 1)) {
      const { errors, drifts } = await driftsOf(was, is)
      expect(errors).toBeGreaterThan(1)
      expect(drifts).toEqual([])
    }
})

const booths = (test: string) => ({
  'package.json': '{"dependencies":{"express":"5"}}',
  'app.js': `const express = require('express')
const { staff } = require('./staff')
const app = express()
app.get('/booths', staff('keeper'), (req, res) => res.json([]))
`,
  'staff.js': `exports.staff = (...names) => (req, res, next) => {
  if (!(${test})) return res.status(403).json({ error: 'not yours' })
  next()
}
`,
})

test('a list of one thing is asked for a thing as that is asked [SPEC-DRIFT-02]', async () => {
  const { errors, drifts } = await driftsOf(
    booths('names.includes(req.user.name)'),
    booths('names.some((one) => one === req.user.name)'),
  )
  expect(errors).toBeGreaterThan(0)
  expect(drifts).toEqual([])
})

const crates = (body: string) => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `
from fastapi import FastAPI, HTTPException
from crates import shelf, Crate
app = FastAPI()

@app.post("/crates")
async def add(crate: Crate):
${body}
`,
})

test('a check that moves out of what is tried is no drift by what is known of how that fails then [SPEC-DRIFT-02]', async () => {
  const check = (indent: string) =>
    `${indent}if not crate.is_closed:\n${indent}    raise HTTPException(status_code=400, detail="open")\n`
  const rest = `        return await shelf.put(crate)
    except HTTPException:
        raise
    except Exception as e:
        raise HTTPException(status_code=500, detail="broken")`
  const tried = await extractFiles(crates(`    try:\n${check('        ')}${rest}`))
  const before = await extractFiles(crates(`${check('    ')}    try:\n${rest}`))
  for (const [was, is] of [
    [tried, before],
    [before, tried],
  ] as const) {
    expect(is.set.facts.filter(({ kind }) => kind === 'error').length).toBeGreaterThan(2)
    expect(compareFacts(was.set.facts, is.set.facts).drifts).toEqual([])
  }
  const lost = await extractFiles(crates(`    try:\n${rest.replace('status_code=500', 'status_code=503')}`))
  expect(compareFacts(tried.set.facts, lost.set.facts).drifts.length).toBeGreaterThan(1)
})

const punts = (before: string, within: string) => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/punt/PuntController.java': `package punt;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
import river.Punts;
import river.Clock;

@RestController
public class PuntController {
    private final Punts punts;
    private final PuntDesk desk;
    public PuntController(Punts punts, PuntDesk desk) { this.punts = punts; this.desk = desk; }
    @PostMapping("/punts")
    public ResponseEntity<String> hire(@RequestParam String name) {
${before}        try {
${within}            String punt = desk.hire(name, now);
            return ResponseEntity.ok(punt);
        } catch (Exception e) {
            return ResponseEntity.status(HttpStatus.CONFLICT).build();
        }
    }
}
`,
  'src/main/java/punt/PuntDesk.java': `package punt;
import org.springframework.stereotype.Service;
import river.Punts;

@Service
public class PuntDesk {
    private final Punts punts;
    public PuntDesk(Punts punts) { this.punts = punts; }
    public String hire(String name, long now) {
        if (!punts.isFree(name, now)) throw new IllegalStateException("taken");
        return punts.take(name);
    }
}
`,
})

test('a statement that moves out of what is tried is no drift by which call is known to fail then [SPEC-DRIFT-02]', async () => {
  const now = 'long now = Clock.read();\n'
  const [tried, before] = [punts('', `            ${now}`), punts(`        ${now}`, '')]
  for (const [was, is] of [
    [tried, before],
    [before, tried],
  ] as const)
    expect((await driftsOf(was, is)).drifts).toEqual([])
})
