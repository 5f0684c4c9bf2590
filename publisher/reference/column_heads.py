"""Words of the heads of columns in tables of words: schedules, lists of persons, lists of tasks."""

from __future__ import annotations

import re

COLUMN_HEAD = re.compile(
    "(?:日期|时间|星期|日|月份?|地点|地址|位置|场所|乡镇|姓名|性别|年龄|职务|职称|职责|电话|手机|邮箱|房间|人员?|领导|带班|值班员?|负责人|责任人|联系人|"
    "单位|部门|科室|班级|学校|名称|品名|规格|型号|类别|类型|种类|项目|事项|事由|任务|内容|问题|措施|要求|步骤|进展|进度|状态|情况|结果|完成|"
    "备注|说明|序号|编号|代码|题号|号|次|课程|节次|车次|站点|科目|指标|数量|金额|单价|值日生?)(?:[（(].*)?"
)
"""How a head of a column ends in tables of words (Simplified)."""
