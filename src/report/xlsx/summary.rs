//! The first sheet of the workbook: where the estate stands, in numbers and two charts, and what the other sheets hold.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartType, Url, Workbook, XlsxError};

use super::super::groups::{self, GroupBy};
use super::super::story::edition_title;
use super::super::view::View;
use super::super::words;
use super::sheet::Styles;
use crate::evaluate::Readiness;

/// The colours of the readinesses, worst first.
const COLOURS: [&str; 4] = ["#C62828", "#7986CB", "#F9A825", "#2E7D32"];
/// The most groups in the chart of operating systems.
const MOST_GROUPS: usize = 12;

/// Writes the sheet; `sheets` are the names of the others with what a row is and how many there are.
///
/// # Errors
/// What the workbook cannot hold.
pub(super) fn write(
    book: &mut Workbook,
    styles: &Styles,
    view: &View<'_>,
    sheets: &[(&'static str, &'static str, usize)],
) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    let language = view.options.language;
    let name = language.words("Summary");
    page.set_name(name)?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    page.set_column_width(0, 44)?;
    page.set_column_range_width(1, 5, 16)?;
    page.write_string_with_format(0, 0, language.words("Readiness for Azure"), &styles.title)?;
    let mut row = 1;
    for (label, value) in [
        ("Customer", view.stamp.customer.clone().unwrap_or_default()),
        ("Site", view.stamp.site.clone().unwrap_or_default()),
        ("As of", language.speech().date(view.assessment.as_of)),
        ("Machines", language.count(view.estate.vms.len() as u64)),
    ] {
        if !value.is_empty() {
            page.write_string_with_format(row, 0, language.words(label), &styles.label)?;
            page.write_string(row, 1, value)?;
            row += 1;
        }
    }
    row += 1;
    let first = row;
    page.write_string_with_format(row, 0, language.words("Machines by readiness"), &styles.heading)?;
    for (column, readiness) in (1_u16..).zip(Readiness::ALL) {
        page.write_string_with_format(row, column, language.words(words::readiness(*readiness)), &styles.heading)?;
    }
    for run in &view.assessment.runs {
        row += 1;
        page.write_string(row, 0, language.said(&edition_title(run.edition)))?;
        for (column, (_, count)) in (1_u16..).zip(run.readiness_counts()) {
            page.write_number(row, column, u32::try_from(count).expect("machines are fewer than 2^32"))?;
        }
    }
    let last = row;
    let mut chart = Chart::new(ChartType::BarStacked);
    chart.title().set_name(language.words("Machines by readiness"));
    for (column, colour) in (1_u16..).zip(COLOURS) {
        chart
            .add_series()
            .set_categories((name, first + 1, 0, last, 0))
            .set_values((name, first + 1, column, last, column))
            .set_name((name, first, column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)),
            );
    }
    chart.set_width(620).set_height(260);
    page.insert_chart(0, 7, &chart)?;

    row += 2;
    let groups = groups::machines(view).and_then(|frame| groups::groups(&frame, GroupBy::GuestOs));
    let mut groups = groups.expect("the columns are of one table");
    groups.truncate(MOST_GROUPS);
    let first = row;
    page.write_string_with_format(row, 0, language.words("Machines by operating system"), &styles.heading)?;
    page.write_string_with_format(row, 1, language.words("Machines"), &styles.heading)?;
    for group in &groups {
        row += 1;
        let guest = if group.name.is_empty() { language.words("not known") } else { &group.name };
        page.write_string(row, 0, super::super::visible::visible(guest).as_ref())?;
        page.write_number(row, 1, u32::try_from(group.machines).expect("machines are fewer than 2^32"))?;
    }
    if !groups.is_empty() {
        let mut chart = Chart::new(ChartType::Bar);
        chart.title().set_name(language.words("Machines by operating system"));
        chart
            .add_series()
            .set_categories((name, first + 1, 0, row, 0))
            .set_values((name, first + 1, 1, row, 1))
            .set_data_label(ChartDataLabel::new().show_value());
        chart.legend().set_hidden();
        chart.y_axis().set_reverse();
        chart.set_width(620).set_height(320);
        page.insert_chart(14, 7, &chart)?;
    }

    row += 2;
    page.write_string_with_format(row, 0, language.words("Sheet"), &styles.heading)?;
    page.write_string_with_format(row, 1, language.words("Rows"), &styles.heading)?;
    page.write_string_with_format(row, 2, language.words("What a row is"), &styles.heading)?;
    for (sheet, what, rows) in sheets {
        row += 1;
        let sheet = language.words(sheet);
        let url = Url::new(format!("internal:'{sheet}'!A1")).set_text(sheet);
        page.write_url_with_format(row, 0, url, &styles.link)?;
        page.write_number(row, 1, u32::try_from(*rows).expect("rows are fewer than 2^32"))?;
        page.write_string(row, 2, language.words(what))?;
    }
    Ok(())
}
