import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { openApiOf } from '../../src/extract/openapi.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'
import { extractFiles } from '../packs/fixture.ts'

/** Answers as sentences, in order. */
const answersOf = (set: FactSet): string[] => {
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'response')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('REST framework: what is not found and what does not fit are told by what is looked up and by the serializer [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'djangorestframework==3.15\n',
    'manage.py': '',
    'desk/urls.py': `
from django.urls import path
from desk.views import TagDetail, Loans
urlpatterns = [path('tags/<int:tag_id>', TagDetail.as_view()), path('books/<int:book_id>/loans', Loans.as_view())]
`,
    'desk/models.py': `
from django.db import models
class Tag(models.Model):
    name = models.CharField(max_length=20)
class Book(models.Model):
    title = models.CharField(max_length=20)
`,
    'desk/views.py': `
from django.shortcuts import get_object_or_404
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from desk.models import Book, Tag
class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ['name']
class LoanSerializer(serializers.Serializer):
    days = serializers.IntegerField()
class TagDetail(generics.UpdateAPIView):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    lookup_url_kwarg = 'tag_id'
    http_method_names = ['put']
class Loans(APIView):
    def post(self, request, book_id):
        book = get_object_or_404(Book, pk=book_id)
        loan = LoanSerializer(data=request.data)
        loan.is_valid(raise_exception=True)
        return Response(loan.data, status=201)
`,
  })
  expect(answersOf(set).filter((one) => /40[04]/.test(one))).toEqual([
    'IF, for POST /books/{book_id}/loans, `get_object_or_404(Book, pk=book_id)` fails, THEN the service SHALL answer 404.',
    'IF, for POST /books/{book_id}/loans, the body does not fit `LoanSerializer`, THEN the service SHALL answer 400.',
    'IF, for PUT /tags/{tag_id}, `Tag with pk = path.tag_id` is missing, THEN the service SHALL answer 404.',
    'IF, for PUT /tags/{tag_id}, the body does not fit `TagSerializer` and no earlier check refuses the request, THEN the service SHALL answer 400.',
  ])
})

test('Nest: its pipes refuse what is in no form of theirs, and a strategy with an address to come back to sends elsewhere [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json':
      '{"dependencies":{"@nestjs/core":"11.0.0","@nestjs/common":"11.0.0","@nestjs/passport":"11.0.0"}}',
    'src/hub.strategy.ts': `
import { Strategy } from 'passport-hub'
import { PassportStrategy } from '@nestjs/passport'
export class HubStrategy extends PassportStrategy(Strategy) {
  constructor() { super({ clientID: 'a', clientSecret: 'b', callbackURL: process.env.BACK }) }
  async validate(token: string) { return { token } }
}
`,
    'src/key.strategy.ts': `
import { Strategy } from 'passport-custom'
import { PassportStrategy } from '@nestjs/passport'
export class KeyStrategy extends PassportStrategy(Strategy, 'key') {
  async validate(request: unknown) { return request }
}
`,
    'src/loans.controller.ts': `
import { Controller, Get, Param, ParseIntPipe, ParseUUIDPipe, Query, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
@Controller('loans')
export class LoansController {
  @Get(':id')
  show(@Param('id', ParseIntPipe) id: number, @Query('page', new ParseIntPipe({ optional: true })) page?: number) { return { id, page } }
  @Get('copies/:copy')
  copy(@Param('copy', new ParseUUIDPipe({ errorHttpStatusCode: 406 })) copy: string) { return { copy } }
  @UseGuards(AuthGuard('hub'))
  @Get('auth/hub')
  enter() { return { ok: true } }
  @UseGuards(AuthGuard('key'))
  @Get('auth/key')
  key() { return { ok: true } }
}
`,
  })
  expect(answersOf(set).filter((one) => !one.includes('answer 200'))).toEqual([
    'IF, for GET /loans/auth/hub, the query parameter code is there, or the query parameter error is there, and in each case `passport.authenticate("hub")` fails, THEN the service SHALL answer 401.',
    'IF, for GET /loans/auth/key, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /loans/copies/{copy}, the path parameter copy is not a UUID, THEN the service SHALL answer 406.',
    'IF, for GET /loans/{id}, the path parameter id is not a whole number, or the query parameter page is not a whole number and the query parameter page is there, THEN the service SHALL answer 400.',
    'WHEN a client sends GET /loans/auth/hub and the query parameter code is missing and the query parameter error is missing, the service SHALL answer 302.',
  ])
})

test('an answer of which nobody knows when it comes is asked and no requirement, and stays in OpenAPI; what is known of it is told [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const { find, left } = require('somewhere')
const app = require('express')()
function lend(req, res) {
  if (!req.body.member) return res.status(400).end()
  let status = 0
  for (const one of find('all')) {
    if (one.isBusy) status = 400
    else status = 423
  }
  if (status > 0) return res.status(status).end()
  res.status(201).json({})
}
app.post('/loans', lend)
`,
  })
  expect(answersOf(set)).toEqual([
    'IF, for POST /loans, the body’s field member is missing, THEN the service SHALL answer 400.',
    'POST /loans may answer 400, only where `status` is greater than 0. (Open: when.)',
    'POST /loans may answer 423, only where the body’s field member is there and `status` is greater than 0. (Open: when.)',
    'WHEN a client sends POST /loans and the body’s field member is there and `status` is at most 0, the service SHALL answer 201 with an object.',
  ])
  const [loans] = writeRequirements(set)
  expect(loans?.requirements[0]?.criteria.join(' ')).not.toContain('423')
  expect(loans?.questions).toEqual([
    expect.stringMatching(/^When does POST \/loans answer 400, 423\? .*app\.js:14\)$/),
  ])
  const { paths } = openApiOf(set, null) as { paths: Record<string, Record<string, { responses: object }>> }
  expect(Object.keys(paths['/loans']?.['post']?.responses ?? {})).toEqual(['201', '400', '423'])
})

test('cases of one answer that are too many for a sentence are told one by one, and a status that is not known is no 200 [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"hono":"4.0.0"}}',
    'app.ts': `
import { Hono } from 'hono'
import { lend } from 'somewhere'
const app = new Hono()
app.post('/loans', async (c) => {
  const days = c.req.query('days')
  const kind = c.req.query('kind')
  if (!days) return c.json({ error: 1 }, 400)
  if (kind === 'a' && days === '1') return c.json({ error: 1 }, 400)
  if (kind === 'b' && days === '2') return c.json({ error: 1 }, 400)
  if (kind === 'c' && days === '3') return c.json({ error: 1 }, 400)
  if (kind === 'd' && days === '4') return c.json({ error: 1 }, 400)
  return c.json({})
})
app.get('/loans', async (c) => {
  const found = await lend()
  if (found.error) return c.json({ error: found.error }, { status: found.error.status })
  return c.json({ loans: found.loans }, { headers: { 'x-count': '1' } })
})
`,
  })
  const said = answersOf(set)
  expect(
    said
      .filter((one) => one.includes('answer 400'))
      .map((one) => one.match(/kind is "\w"|days is missing/)?.[0]),
  ).toEqual(['kind is "a"', 'kind is "b"', 'kind is "c"', 'kind is "d"', 'days is missing'])
  expect(said.filter((one) => one.includes('GET /loans'))).toEqual([
    'WHEN a client sends GET /loans and `lend().error` is missing, the service SHALL answer 200 with loans (required).',
  ])
})

test('what a guard asks of texts that are written beside a handler is decided, and what nobody could read is asked [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const { load, rows } = require('somewhere')
const app = require('express')()
const needs = (...rights) => (req, res, next) => {
  if (!rights || rights.length === 0) return next()
  if (!rights.some((right) => req.user.rights.includes(right))) return res.status(403).end()
  next()
}
app.get('/loans', needs('loans:read', 'loans:write'), (req, res) => {
  const found = rows(load({ a: (x) => x }).map((one) => one.id)).filter((one) => one > req.query.from)
  if (!found) return res.status(404).end()
  if (!rows(load({ a: (x) => x }).map((one) => one.id)).filter((one) => one > req.query.from)) return res.status(410).end()
  res.json({})
})
`,
  })
  expect(answersOf(set).filter((one) => !one.includes('answer 200'))).toEqual([
    expect.stringMatching(/^GET \/loans may answer 410, only where .*\(Open: when\.\)$/),
    'IF, for GET /loans, `found` is missing, THEN the service SHALL answer 404.',
    'IF, for GET /loans, `req.user.rights.includes("loans:read")` does not hold and `req.user.rights.includes("loans:write")` does not hold, THEN the service SHALL answer 403.',
  ])
})

test('FastAPI: a handler of any error answers neither what does not fit nor HTTP errors, and a new type is what it is made of [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'ids.py': `
from typing import NewType
LoanId = NewType("LoanId", int)
`,
    'app.py': `
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from ids import LoanId
from somewhere import find
app = FastAPI()
@app.exception_handler(Exception)
async def broken(request: Request, exc: Exception) -> JSONResponse:
    return JSONResponse({"detail": "broken"}, status_code=500)
@app.get("/loans/{loan_id}")
async def show(loan_id: LoanId):
    loan = find(loan_id)
    if loan is None:
        raise HTTPException(status_code=404, detail="none")
    if loan.is_lost:
        raise KeyError("lost")
    return loan
`,
  })
  expect(answersOf(set).filter((one) => !one.includes('answer 200'))).toEqual([
    'IF, for GET /loans/{loan_id}, `find(path.loan_id).is_lost` holds, THEN the service SHALL answer 500 with detail (string, required) and say "broken".',
    'IF, for GET /loans/{loan_id}, `find(path.loan_id)` is missing, THEN the service SHALL answer 404 and say "none".',
    'IF, for GET /loans/{loan_id}, the request does not fit what is declared, THEN the service SHALL answer 422.',
  ])
  expect(factsOf(set.facts, 'parameter').map(({ name, shape }) => [name, shape.type])).toEqual([
    ['loan_id', 'integer'],
  ])
})

test('of an error that may be of one class or of another it is said which is caught [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\n',
    'app.py': `
from flask import Flask, request
from keys import Expired, Wrong, read, latest
app = Flask(__name__)
def show(token):
    if not token:
        raise latest()
    return read(token)
@app.get("/loans")
def loans():
    try:
        show(request.headers.get("X-Key"))
    except Wrong:
        return {"message": "wrong"}, 403
    except Expired:
        return {"message": "old"}, 403
    return {}
`,
  })
  expect(answersOf(set).filter((one) => one.includes('403'))).toEqual([
    'IF, for GET /loans, `show(request.headers.get("X-Key"))` fails with `Expired` and `show(request.headers.get("X-Key"))` does not fail with `Wrong`, THEN the service SHALL answer 403 with message (string, required) and say "old".',
    'IF, for GET /loans, `show(request.headers.get("X-Key"))` fails with `Wrong`, THEN the service SHALL answer 403 with message (string, required) and say "wrong".',
  ])
})

test('a 500 that comes of much that code asks is a question, one that comes of little is told [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const { kiln, glaze } = require('./works')
const app = express()
app.get('/pots', async (req, res) => {
  if (!kiln.isLit()) return res.status(500).end()
  res.json({ fired: true })
})
app.get('/glazes', async (req, res) => {
  if (kiln.isLit() && glaze.isDry() && !glaze.isThin() && kiln.door() === 'shut') return res.status(500).end()
  res.json({ glazed: true })
})
`,
  })
  expect(answersOf(set).filter((one) => one.includes('500'))).toEqual([
    expect.stringMatching(/^GET \/glazes may answer 500, only where .*\. \(Open: when\.\)$/),
    'IF, for GET /pots, `./works.kiln.isLit()` does not hold, THEN the service SHALL answer 500.',
  ])
})

test('of more cases of one error than are told apart, those that ask least are told first, and of the others what is asked nearest [SPEC-EXTRACT-06]', async () => {
  const places = Array.from({ length: 14 }, (_, at) => `place${at}`)
  const tests = places.map((place, at) =>
    // Those that come first ask of two things.
    at < 2
      ? `if (isClosedAtThisTimeOfTheYear(req.query.${place}) && isFarAway(req.query.${place})) return res.sendStatus(409)`
      : `if (isClosedAtThisTimeOfTheYear(req.query.${place})) return res.sendStatus(409)`,
  )
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const { isClosedAtThisTimeOfTheYear, isFarAway } = require('berths')
const app = express()
app.post('/tours', (req, res) => {
  ${tests.join('\n  ')}
  res.sendStatus(201)
})
app.listen(80)
`,
  })
  const errors = factsOf(set.facts, 'error').filter(({ status }) => status === 409)
  const named = errors.flatMap(({ condition }) =>
    condition.map((row) => /place\d+/.exec(row[0]?.subject ?? '')?.[0]),
  )
  expect(new Set(named)).toEqual(new Set(places))
  expect(errors.map(({ grade }) => grade)).not.toContain('open')
})
