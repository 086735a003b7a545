"""Makes co2.csv and nile.csv beside it from the data sets of statsmodels.

    python www/src/lab/series/data/make_data.py

Needs statsmodels; the committed files were made with statsmodels 0.15.0.
"""

from pathlib import Path

from statsmodels.datasets import co2, nile

HERE = Path(__file__).parent


def write(name, head, columns, rows):
    lines = [f"# {line}" for line in head] + [",".join(columns)] + [",".join(row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_co2():
    weekly = co2.load_pandas().data["co2"]
    weeks_missing = int(weekly.isna().sum())
    monthly = weekly.resample("MS").mean()
    months_missing = [f"{month:%Y-%m}" for month in monthly.index[monthly.isna()]]
    # Linear in the number of months, between the months before and after.
    filled = monthly.interpolate("linear")
    head = [
        "CO2 in the air at Mauna Loa, Hawaii: monthly means, in parts per million by volume.",
        "Source: C. D. Keeling and T. P. Whorf (2004), SIO air sampling network, Carbon Dioxide Information Analysis Center,",
        "Oak Ridge National Laboratory; as the data set co2 of statsmodels has it, which says of its copyright: This is public domain.",
        f"Each month is the mean of the weeks that are dated in it; {weeks_missing} of {len(weekly)} weeks are missing and are left out.",
        f"Months without any week are interpolated between their neighbours: {', '.join(months_missing)}.",
    ]
    write("co2.csv", head, ["month", "co2_ppm"], [[f"{month:%Y-%m}", f"{value:.2f}"] for month, value in filled.items()])


def write_nile():
    data = nile.load_pandas().data
    head = [
        "Yearly flow of the Nile at Aswan, in 10^8 cubic metres.",
        "Source: G. W. Cobb (1978), The problem of the Nile, Biometrika 65, 243-251; as the data set nile of statsmodels has it,",
        "which says of its copyright: This is public domain.",
    ]
    write("nile.csv", head, ["year", "volume"], [[f"{year:.0f}", f"{volume:.0f}"] for year, volume in data.to_numpy()])


if __name__ == "__main__":
    write_co2()
    write_nile()
