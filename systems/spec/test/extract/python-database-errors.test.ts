import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function conflicts(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const operations = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  return factsOf(set.facts, 'error')
    .filter(({ status }) => status === 409)
    .map(
      ({ grade, operation, condition }) =>
        `${operations.get(operation)} ${grade} ${condition[0]?.[0]?.subject}`,
    )
    .toSorted()
}

const kilns = (handler: string) => ({
  'requirements.txt': 'flask\nsqlalchemy\n',
  'app.py': `
from flask import Flask, jsonify, request
from sqlalchemy import Column, Integer, String
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from store import Base, session

class Kiln(Base):
    __tablename__ = 'kilns'
    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)

class Firing(Base):
    __tablename__ = 'firings'
    id = Column(Integer, primary_key=True)
    heat = Column(Integer)

app = Flask(__name__)

${handler}
def taken(error):
    return jsonify('There already'), 409

@app.route('/kilns', methods=['POST'])
def build():
    session.add(Kiln(name=request.json['name']))
    session.commit()
    return jsonify({}), 201

@app.route('/firings', methods=['POST'])
def fire():
    session.add(Firing(heat=request.json['heat']))
    session.commit()
    return jsonify({}), 201

@app.route('/retries', methods=['POST'])
def retry():
    session.add(Kiln(name='again'))
    try:
        session.commit()
    except SQLAlchemyError:
        return jsonify({}), 503
    return jsonify({}), 201

@app.route('/kilns')
def kilns():
    return jsonify(session.query(Kiln).all())
`,
})

test('where a handler of errors is there for what a database refuses, that is told of what stores something that is to be there once, and asked of what stores anything else [SPEC-EXTRACT-10]', async () => {
  expect(await conflicts(kilns('@app.errorhandler(IntegrityError)'))).toEqual([
    'POST /firings open session.commit() failed == IntegrityError',
    'POST /kilns proved session.commit() failed == IntegrityError',
  ])
  const ofAny = await conflicts(kilns('@app.errorhandler(Exception)'))
  expect(ofAny.filter((one) => one.includes('IntegrityError'))).toEqual([])
})

test('middleware of Python that takes what a driver refuses a statement with answers what writes, but where the statement settles it [SPEC-EXTRACT-10]', async () => {
  expect(
    await conflicts({
      'requirements.txt': 'aiohttp\nasyncpg\n',
      'app.py': `
import asyncpg
from aiohttp import web

@web.middleware
async def answered(request, handler):
    try:
        return await handler(request)
    except asyncpg.UniqueViolationError:
        return web.json_response({}, status=409)

async def enrol(request):
    await request.app['pool'].execute("INSERT INTO members (name) VALUES ($1)", request.query['name'])
    return web.json_response({})

async def follow(request):
    await request.app['pool'].execute("INSERT INTO follows VALUES ($1) ON CONFLICT DO NOTHING", 1)
    return web.json_response({})

async def members(request):
    return web.json_response(await request.app['pool'].fetch("SELECT * FROM members"))

app = web.Application(middlewares=[answered])
app.router.add_post('/members', enrol)
app.router.add_post('/follows', follow)
app.router.add_get('/members', members)
`,
    }),
  ).toEqual([
    'POST /members open request.app.pool.execute("INSERT INTO members (name) VALUES ($1)", query.name) failed == UniqueViolationError',
  ])
})

test('a handler of any error that asks for one of a database by its name is there for that [SPEC-EXTRACT-10]', async () => {
  expect(
    await conflicts({
      'requirements.txt': 'fastapi\nsqlalchemy\n',
      'app.py': `
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from sqlalchemy import exc
from store import session

app = FastAPI()

@app.exception_handler(Exception)
async def failed(request, error):
    if isinstance(error, exc.IntegrityError):
        return JSONResponse({}, status_code=409)
    return JSONResponse({}, status_code=500)

@app.put('/shelves/{id}')
def move(id: int):
    session.commit()
    return {}
`,
    }),
  ).toEqual(['PUT /shelves/{id} open session.commit() failed == IntegrityError'])
})

test('what a database may refuse asks for no status where nothing of the program is there for it at the end [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nsqlalchemy\n',
    'app.py': `
from flask import Flask, jsonify
from sqlalchemy.exc import IntegrityError
from store import session

app = Flask(__name__)

@app.route('/jars', methods=['POST'])
def fill():
    try:
        session.commit()
    except IntegrityError:
        return jsonify({}), 409
    return jsonify({}), 201

@app.route('/jars', methods=['DELETE'])
def empty():
    session.commit()
    return jsonify({}), 200
`,
  })
  expect(set.questions.map(({ text }) => text)).toEqual([])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([409])
})
