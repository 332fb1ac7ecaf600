from . import (  # isort: skip - inherited below
    farm_gln,
    farm_label_block,
    farm_label_job,
    farm_label_template,
    farm_label_values,
)
from . import (
    farm_certification_scheme,
    farm_label_elements,
    farm_label_job_send,
    farm_label_press,
    farm_label_preview,
    farm_label_printer,
    farm_sscc,
    product_product,
    res_company,
    res_config_settings,
    stock_package,
    subjects,
)
