import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const app = (models: string) => ({
  'requirements.txt': 'fastapi\npydantic>=2\n',
  'app.py': `
import datetime
from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum, auto
from typing import Annotated, ClassVar, NotRequired, TypedDict
from annotated_types import Ge, MaxLen
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr
from pydantic.alias_generators import to_camel

${models}

app = FastAPI()
@app.post("/things")
def add(thing: Thing):
    return thing
`,
})

async function modelsOf(models: string) {
  const { set } = await extractFiles(app(models))
  return Object.fromEntries(
    set.facts.flatMap((fact) => (fact.kind === 'model' ? [[fact.name, fact.fields]] : [])),
  )
}

test('fields of a model of Python are those that requests have, required where nothing is there instead [SPEC-PACKS-01]', async () => {
  const { Thing } = await modelsOf(`
class Stored:
    _table: ClassVar[str] = "things"
    kept_in = "memory"
    def save(self): ...

class Thing(Stored, BaseModel):
    limit: ClassVar[int] = 9
    _cache: dict = {}
    secret: str = PrivateAttr(default="x")
    name: str
    made: datetime.datetime = datetime.datetime.now()
    size: Annotated[int, Field(default=1, ge=1)]
    tags: list[str] = Field(default_factory=list)
    rank: Annotated[int, Ge(3)]
    note: str = Field(..., max_length=5)
`)
  expect(Thing?.map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`)).toEqual([
    'name!',
    'made',
    'size',
    'tags',
    'rank!',
    'note!',
  ])
  expect(Thing?.find(({ name }) => name === 'rank')?.constraints).toEqual([{ keyword: 'minimum', value: 3 }])
})

test('an enumeration of Python is what its members are [SPEC-PACKS-01]', async () => {
  const { Thing } = await modelsOf(`
class Level(IntEnum):
    low = 1
    high = 2
class Kind(StrEnum):
    BOOK = auto()
    FILM = auto()
class Any(Enum):
    a = object()
class Thing(BaseModel):
    level: Level
    kind: Kind
    any: Any
`)
  expect(Thing).toEqual([
    {
      name: 'level',
      shape: { type: 'integer' },
      isRequired: true,
      constraints: [{ keyword: 'enum', value: [1, 2] }],
    },
    {
      name: 'kind',
      shape: { type: 'string' },
      isRequired: true,
      constraints: [{ keyword: 'enum', value: ['book', 'film'] }],
    },
    expect.objectContaining({ name: 'any', constraints: [] }),
  ])
})

test('names that a class makes for its fields, and fields of typed dictionaries and dataclasses, are those of requests [SPEC-PACKS-01]', async () => {
  const models = await modelsOf(`
class Schema(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
class Camel(Schema):
    pass
class Part(TypedDict):
    code: str
    hint: NotRequired[str]
@dataclass
class Box:
    width: int
    marks: list[str] = field(default_factory=list)
    shared = 3
class Thing(Camel):
    first_part: Part
    all_boxes: list[Box] = []
    plain: int = Field(alias="as_written")
`)
  expect(models['Thing']?.map(({ name }) => name)).toEqual(['firstPart', 'allBoxes', 'as_written'])
  expect(models['Part']?.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['code', true],
    ['hint', false],
  ])
  expect(models['Box']?.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['width', true],
    ['marks', false],
  ])
})

test('a serializer of REST framework has the fields of its model by the names that it gives them, and a choice asks for nothing else [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'dock/models.py': `
from django.db import models
class Boat(models.Model):
    name = models.CharField(max_length=40)
    home_port = models.CharField(max_length=60)
    rig = models.CharField(max_length=9, choices=[("sloop", "Sloop"), ("yawl", "Yawl")])
    made_at = models.DateTimeField()
`,
    'dock/urls.py': `
from django.urls import path
from rest_framework import generics, serializers
from dock.models import Boat
class BoatSerializer(serializers.ModelSerializer):
    class Meta:
        model = Boat
        fields = ("name", "homePort", "rig", "madeAt")
        extra_kwargs = {
            "homePort": {"source": "home_port"},
            "madeAt": {"source": "made_at", "read_only": True},
        }
class Boats(generics.CreateAPIView):
    queryset = Boat.objects.all()
    serializer_class = BoatSerializer
urlpatterns = [path("boats", Boats.as_view())]
`,
  })
  const model = set.facts.find((fact) => fact.kind === 'model' && fact.name === 'BoatSerializer')
  expect(
    model?.kind === 'model' ? model.fields.map(({ name, constraints }) => [name, constraints]) : [],
  ).toEqual([
    [
      'name',
      [
        { keyword: 'maxLength', value: 40 },
        { keyword: 'minLength', value: 1 },
      ],
    ],
    [
      'homePort',
      [
        { keyword: 'maxLength', value: 60 },
        { keyword: 'minLength', value: 1 },
      ],
    ],
    ['rig', [{ keyword: 'enum', value: ['sloop', 'yawl'] }]],
  ])
})

test('fields of models have the bounds of the types that they name, and whole models are what they hold [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\npydantic\n',
    'types_of.py': `
from typing import Annotated
from pydantic import Field, StringConstraints
Name = Annotated[str, StringConstraints(min_length=2, max_length=9)]
Age = Annotated[int, Field(gt=0, lt=150)]
`,
    'app.py': `
from fastapi import FastAPI
from pydantic import UUID4, BaseModel, RootModel, StrictBool, StrictInt, conlist
from types_of import Age, Name
app = FastAPI()
class Boat(BaseModel):
    name: Name
    age: Age | None = None
    legs: conlist(int, min_length=1)
    spot: tuple[int, str]
    pair: tuple[int, int]
    rank: StrictInt
    isOld: StrictBool
    key: UUID4
class Tags(RootModel[list[str]]):
    pass
class Depths(RootModel):
    root: dict[str, int]
@app.post("/boats")
def boats(boat: Boat): return 1
@app.post("/tags")
def tags(given: Tags): return 1
@app.post("/depths")
def depths(given: Depths): return 1
`,
  })
  expect(
    set.facts.flatMap((one) =>
      one.kind === 'model'
        ? one.fields.map(
            ({ name, shape, constraints }) =>
              `${name} ${JSON.stringify(shape)} ${constraints.map(({ keyword, value }) => `${keyword} ${String(value)}`).join(' ')}`,
          )
        : one.kind === 'body'
          ? [JSON.stringify(one.shape)]
          : [],
    ),
  ).toMatchInlineSnapshot(`
    [
      "{"type":"model","name":"Boat"}",
      "{"type":"array","items":{"type":"string"}}",
      "{"type":"map","values":{"type":"integer"}}",
      "name {"type":"string"} maxLength 9 minLength 2",
      "age {"type":"union","of":[{"type":"integer"},{"type":"null"}]} exclusiveMaximum 150 exclusiveMinimum 0",
      "legs {"type":"array","items":{"type":"integer"}} minItems 1",
      "spot {"type":"array","items":{"type":"unknown"}} ",
      "pair {"type":"array","items":{"type":"integer"}} ",
      "rank {"type":"integer"} ",
      "isOld {"type":"boolean"} ",
      "key {"type":"string"} format uuid",
    ]
  `)
})
