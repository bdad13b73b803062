import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (files: Record<string, string>) =>
  factsOf((await extractFiles(files)).set.facts, 'error').map(({ status, message, condition }) => ({
    status,
    message,
    asks: condition.flat().map(({ subject }) => subject),
  }))

test.each([
  ['a query of the class', 'Berth.query.get(berth)'],
  ['a query that is filtered', 'Berth.query.filter_by(id=berth).first()'],
  ['a session', 'db.session.get(Berth, berth)'],
  ['a query of a session', 'db.session.query(Berth).filter(Berth.id == berth).one_or_none()'],
  ['a statement', 'db.session.execute(db.select(Berth).where(Berth.id == berth)).scalar_one_or_none()'],
])(
  'methods of what is found among what is stored are followed: by %s [SPEC-EXTRACT-07]',
  async (_, found) => {
    const errors = await errorsOf({
      'requirements.txt': 'flask\nflask-sqlalchemy\n',
      'app.py': `
from flask import Flask, abort
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
db = SQLAlchemy(app)

class Berth(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    is_let = db.Column(db.Boolean)

    def let(self):
        if self.is_let:
            abort(409, 'Let already.')
        self.is_let = True

@app.post('/berths/<int:berth>/let')
def let(berth):
    found = ${found}
    if found is None:
        abort(404)
    found.let()
    return {}
`,
    })
    expect(errors.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([404, 409])
  },
)

test('what is stored is asked for by the names of its fields, whatever these are where nothing sets them [SPEC-EXTRACT-07]', async () => {
  const errors = await errorsOf({
    'requirements.txt': 'fastapi\nbeanie\n',
    'app.py': `
from beanie import Document
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
app = FastAPI()

class Named(BaseModel):
    name: str | None = None

class Tug(Document, Named):
    year: int = 0

    @classmethod
    async def named(cls, name: str):
        return await cls.find_one(cls.name == name, cls.year == 7)

@app.get('/tugs/{name}')
async def tug(name: str):
    if await Tug.named(name) is None:
        raise HTTPException(404, 'No such tug.')
    return {}
`,
  })
  expect(errors.flatMap(({ asks }) => asks)).toEqual([
    expect.stringContaining('Tug.find_one(Tug.name == path.name, Tug.year == 7)'),
  ])
})

test('Django: a field of what is found is told by its name, and not as it is declared [SPEC-EXTRACT-07]', async () => {
  const errors = await errorsOf({
    'requirements.txt': 'django\n',
    'depot/settings.py': "ROOT_URLCONF = 'depot.urls'\n",
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path('tugs/<int:tug>/', views.tug)]
`,
    'depot/models.py': `
from django.db import models
class Tug(models.Model):
    state = models.CharField(max_length=20, default='free')
    def is_free(self):
        return self.state == 'free'
`,
    'depot/views.py': `
from django.http import JsonResponse
from depot.models import Tug
def tug(request, tug):
    found = Tug.objects.get(id=tug)
    if not found.is_free():
        return JsonResponse({'error': 'Taken.'}, status=409)
    return JsonResponse({})
`,
  })
  expect(errors.filter(({ status }) => status === 409).flatMap(({ asks }) => asks)).toEqual([
    expect.stringMatching(/^‹?Tug\.objects\.get\(.*\)\.state/),
  ])
})
