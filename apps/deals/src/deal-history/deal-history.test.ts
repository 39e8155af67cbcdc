import { expect, test } from 'vitest'
import { historyOf } from './deal-history.ts'

const deal = {
  id: 'd1',
  pipelineId: 'sales',
  stage: 'LEAD',
  value: '10.00',
  probability: null,
  expectedCloseDate: null,
  assignedToId: null,
  stageEnteredAt: '2026-01-01T10:00:00.000Z',
}

test('a change of nothing that is tracked leaves no entry', () => {
  expect(historyOf(deal, { ...deal })).toEqual([])
})

test('a move counts the whole seconds in the stage it left', () => {
  const moved = { ...deal, stage: 'QUALIFIED', stageEnteredAt: '2026-01-01T10:01:30.900Z' }
  expect(historyOf(deal, moved)).toEqual([
    { dealId: 'd1', field: 'stage', from: 'LEAD', to: 'QUALIFIED', secondsInStage: 90 },
  ])
})

test('a stage of the same key in another pipeline is another stage', () => {
  expect(historyOf(deal, { ...deal, pipelineId: 'partners' })).toMatchObject([
    { field: 'stage', from: 'LEAD', to: 'LEAD' },
  ])
})

test('each tracked field has its own entry', () => {
  expect(historyOf(deal, { ...deal, value: '11.00', probability: 40 })).toMatchObject([
    { field: 'value', from: '10.00', to: '11.00', secondsInStage: null },
    { field: 'probability', from: null, to: 40 },
  ])
})
