/** What the room says of its series and of those who forecast them. */
import type { Forecaster } from '../../engine/lab/series.js';
import type { SeriesName } from './state.js';

/** What each series is, and whose it is. */
export const ABOUT: Readonly<Record<Exclude<SeriesName, 'own'>, { readonly what: string; readonly source: string }>> = {
  nile: {
    what: 'How much water the Nile carried past Aswan in each year from 1871 to 1970, in 10^8 cubic metres. It has no season and much chance.',
    source: 'Source: G. W. Cobb (1978), The problem of the Nile, Biometrika 65; as the data set nile of statsmodels has it, in the public domain.',
  },
  co2: {
    what: 'How much CO2 was in the air at Mauna Loa, Hawaii, in each month from 1958-03 to 2001-12, in parts per million. It rises, and has a season of 12 months. Each month is the mean of its weeks; five months without any are interpolated.',
    source: 'Source: C. D. Keeling and T. P. Whorf (2004), SIO air sampling network, CDIAC, Oak Ridge National Laboratory; as the data set co2 of statsmodels has it, in the public domain.',
  },
};

/** Who forecasts: in a table, and at the end of a curve. */
export const WHO: Readonly<Record<Forecaster, { readonly name: string; readonly short: string }>> = {
  gru: { name: 'GRU', short: 'GRU' },
  last: { name: 'naive: the last value again', short: 'last' },
  season: { name: 'naive: the value of one season ago', short: 'season' },
  season_change: { name: 'naive: the last value and the change of one season ago', short: 'last+season' },
};
